package dev.caravan.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * PING over a connection of its own, in the <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis
 * protocol</a>: a client library would take longer to start than everything else that health looks at.
 */
final class RedisPing {
    private static final int DEFAULT_PORT = 6379;

    private final URI url;

    /** @param url {@code redis[s]://[user][:password]@host[:port][/database]} */
    RedisPing(URI url) {
        this.url = url;
    }

    /** @throws IOException when nobody answers, or with what Redis says instead of PONG */
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
        int port = url.getPort() > 0 ? url.getPort() : DEFAULT_PORT;
        int patience = (int) Health.PATIENCE.toMillis();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(url.getHost(), port), patience);
            plain.setSoTimeout(patience);
            return "rediss".equals(url.getScheme()) ? secured(plain, port) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, int port) throws IOException {
        SSLSocket secured = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, url.getHost(), port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** Empty without a password. */
    private List<String> authentication() {
        String[] login =
                url.getUserInfo() == null ? new String[0] : url.getUserInfo().split(":", 2);
        if (login.length < 2) {
            return List.of();
        }
        return login[0].isEmpty() ? List.of("AUTH", login[1]) : List.of("AUTH", login[0], login[1]);
    }

    private static void send(OutputStream out, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.size() + "\r\n");
        for (String part : command) {
            text.append("$%d\r\n%s\r\n".formatted(part.getBytes(StandardCharsets.UTF_8).length, part));
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void expectGood(String answer) throws IOException {
        if (answer == null || !answer.startsWith("+")) {
            throw new IOException(answer == null ? "Redis closed the connection" : "Redis says " + answer);
        }
    }
}
