package dev.caravan.fetch;

import dev.caravan.failure.StepException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which addresses of a host may be connected to. It is asked once for each connection, and the connection uses
 * exactly the address that it returned: a name that has another address a moment later changes nothing.
 */
final class AddressGuard {
    private static final Logger LOG = LoggerFactory.getLogger(AddressGuard.class);

    private final HostAddresses hostAddresses;
    private final Set<String> openHosts;
    private final List<Cidr> openBlocks;

    /** @param openHosts names whose addresses are not checked @param openBlocks addresses that are allowed nevertheless */
    AddressGuard(HostAddresses hostAddresses, Set<String> openHosts, List<Cidr> openBlocks) {
        this.hostAddresses = hostAddresses;
        this.openHosts = openHosts;
        this.openBlocks = openBlocks;
    }

    /**
     * Returns at least one address, without the name by which it was found.
     *
     * @throws StepException permanent {@code URL_REFUSED}; transient {@code URL_UNREACHABLE} for a name that has no address
     */
    List<InetAddress> addresses(FetchTarget target) {
        List<InetAddress> all = resolved(target);
        if (openHosts.contains(target.host())) {
            return all;
        }
        List<InetAddress> open = all.stream().filter(this::open).toList();
        if (open.isEmpty()) {
            InetAddress first = all.get(0);
            // Only logged: a client must not learn the addresses of internal names.
            LOG.info("{} is not fetched: it has the address {}", target.host(), first.getHostAddress());
            throw FetchTarget.refused("its host %s has an address that is closed here: %s"
                    .formatted(target.host(), NonPublicRanges.word(first).orElse("closed")));
        }
        return open;
    }

    private boolean open(InetAddress address) {
        return NonPublicRanges.word(address).isEmpty()
                || openBlocks.stream().anyMatch(block -> block.contains(address.getAddress()));
    }

    private List<InetAddress> resolved(FetchTarget target) {
        Optional<InetAddress> literal = AddressLiteral.of(target.host());
        try {
            return literal.isPresent() ? List.of(literal.get()) : hostAddresses.resolve(target.host());
        } catch (UnknownHostException e) {
            throw StepException.transientFailure(
                    "URL_UNREACHABLE",
                    "The host %s has no address".formatted(target.host()),
                    "Check the spelling of the host, and whether its name is known outside of your network.");
        }
    }
}
