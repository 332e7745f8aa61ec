package dev.caravan;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** Checks the API's port before anything starts: a port in use gives a sentence, not a stack trace. */
final class HttpPort {
    private static final String KEY = "caravan.http.port";
    private static final String HOST = "caravan.http.host";

    private HttpPort() {}

    /** Returns a free port where the setting is 0; empty where it names one that is free. */
    static Optional<Integer> choose(Settings settings) {
        int port = settings.number(KEY);
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(settings.text(HOST)))) {
            return port == 0 ? Optional.of(probe.getLocalPort()) : Optional.empty();
        } catch (UnknownHostException e) {
            throw new InvalidSetting(
                    HOST,
                    settings.text(HOST),
                    "there is no such host. Use 127.0.0.1, 0.0.0.0 or an address of this machine");
        } catch (IOException e) {
            throw refused(port, settings.text(HOST), String.valueOf(e.getMessage()));
        }
    }

    private static InvalidSetting refused(int port, String host, String why) {
        if (why.contains("Cannot assign")) {
            return new InvalidSetting(
                    HOST,
                    host,
                    "this machine has no such address. Use 127.0.0.1, 0.0.0.0 or an address of this machine");
        } else if (why.contains("Permission denied")) {
            return new InvalidSetting(
                    KEY,
                    String.valueOf(port),
                    "the user %s may not listen on port %d. Set PORT to one from 1024 on"
                            .formatted(System.getProperty("user.name"), port));
        }
        return new InvalidSetting(
                KEY,
                String.valueOf(port),
                "port %d is in use on %s. Stop what uses it, or set PORT to another one; 0 picks a free one."
                        .formatted(port, host));
    }

    /** Returns the API's URL on this machine. A wildcard address is replaced: a client cannot use it. */
    static String url(Settings settings) {
        String host = settings.text(HOST);
        String name = Set.of("0.0.0.0", "::", "[::]").contains(host) ? "127.0.0.1" : host;
        return "http://%s:%d"
                .formatted(name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name, settings.number(KEY));
    }
}
