package dev.caravan;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** The API's port, looked at before anything starts: a port in use is a sentence, not a stack trace. */
final class HttpPort {
    private static final String KEY = "caravan.http.port";

    private HttpPort() {}

    /** A free port where the setting says 0; empty where it names one that is free. */
    static Optional<Integer> choose(Settings settings) {
        int port = settings.number(KEY);
        try (ServerSocket probe =
                new ServerSocket(port, 1, InetAddress.getByName(settings.text("caravan.http.host")))) {
            return port == 0 ? Optional.of(probe.getLocalPort()) : Optional.empty();
        } catch (IOException e) {
            throw new InvalidSetting(
                    KEY,
                    String.valueOf(port),
                    "port %d is in use on %s. Stop what uses it, or set PORT to another one; 0 picks a free one."
                            .formatted(port, settings.text("caravan.http.host")));
        }
    }
}
