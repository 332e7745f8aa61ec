package dev.caravan.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Checks whether a port that the next start needs is free. */
record PortCheck(String what, String host, int port, String setting) implements Check {
    @Override
    public String name() {
        return "port " + what;
    }

    @Override
    public Finding look() throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return Finding.good("free", Map.of("port", probe.getLocalPort()));
        }
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(
                HealthStatus.UNHEALTHY,
                "in use",
                "Port %d on %s: %s".formatted(port, host, why),
                "Stop what uses it, or choose another one with %s; 0 picks a free one.".formatted(setting));
    }
}
