package dev.caravan.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What addresses a host name has at this moment. */
interface HostAddresses {
    HostAddresses SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> resolve(String host) throws UnknownHostException;
}
