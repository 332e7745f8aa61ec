package dev.caravan.local;

import java.util.Locale;

/** Says that another program listens on a port that the embedded cloud is set to use. */
public final class LocalPortInUse extends LocalCloudException {

    LocalPortInUse(String server, int port, String setting, Throwable cause) {
        super(
                "Port %d for the local %s is in use by another program: end that program, or choose another port with %s (environment %s); 0 picks a free one."
                        .formatted(port, server, setting, environment(setting)),
                cause);
    }

    private static String environment(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
