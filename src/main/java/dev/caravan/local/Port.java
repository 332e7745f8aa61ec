package dev.caravan.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port on 127.0.0.1 that was free when it was asked for. */
record Port(int number) {
    static final String HOST = "127.0.0.1";

    /**
     * Finds the wanted port, or any free one for 0. It binds the port for a moment to be sure, so that every address is
     * known before the first server runs.
     */
    static Port reserve(String server, int wanted, String setting) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
            return new Port(socket.getLocalPort());
        } catch (IOException e) {
            throw new LocalPortInUse(server, wanted, setting, e);
        }
    }

    String url() {
        return "http://" + HOST + ":" + number;
    }
}
