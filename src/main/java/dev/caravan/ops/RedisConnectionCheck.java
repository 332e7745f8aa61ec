package dev.caravan.ops;

import dev.caravan.settings.RedisAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends PING over its own connection, in the <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis
 * protocol</a>: a client library would take longer to start than all other health checks.
 */
final class RedisConnectionCheck {
    private final RedisAddress address;

    RedisConnectionCheck(RedisAddress address) {
        this.address = address;
    }

    /** @throws IOException when no server answers, or with Redis' reply if it is not PONG */
    void ask() throws IOException {
        try (Socket socket = connect()) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (List<String> command : List.of(authentication(), List.of("PING"))) {
                if (!command.isEmpty()) {
                    send(socket.getOutputStream(), command);
                    expectGood(answers.readLine());
                }
            }
        }
    }

    private Socket connect() throws IOException {
        int patience = (int) Health.PATIENCE.toMillis();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.host(), address.port()), patience);
            plain.setSoTimeout(patience);
            return address.secured() ? secured(plain) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** Empty without a password. */
    private List<String> authentication() {
        if (address.password() == null) {
            return List.of();
        }
        return address.user() == null
                ? List.of("AUTH", address.password())
                : List.of("AUTH", address.user(), address.password());
    }

    private static void send(OutputStream out, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.size() + "\r\n");
        for (String part : command) {
            text.append("$%d\r\n%s\r\n".formatted(part.getBytes(StandardCharsets.UTF_8).length, part));
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void expectGood(String answer) throws IOException {
        if (answer == null || !answer.startsWith("+")) {
            throw new IOException(
                    answer == null ? "Redis closed the connection" : "Redis says " + address.withoutPassword(answer));
        }
    }
}
