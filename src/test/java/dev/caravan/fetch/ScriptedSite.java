package dev.caravan.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that says what the test wants it to say, byte by byte, however wrong. One answer per connection. */
public final class ScriptedSite implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** What was asked; header names in lower case. */
    public record Request(int number, String line, Map<String, String> headers) {
        public String path() {
            return line.split(" ")[1];
        }

        public String header(String name) {
            return headers.get(name);
        }
    }

    /** What is answered. */
    public interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    public ScriptedSite(Script script) {
        this("127.0.0.1", 0, script);
    }

    public ScriptedSite(String address, int port, Script script) {
        this.script = script;
        try {
            socket = new ServerSocket(port, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url(String path) {
        return "http://%s:%d%s".formatted(socket.getInetAddress().getHostAddress(), port(), path);
    }

    public List<Request> requests() {
        return requests;
    }

    /** A head, ended. */
    public static void head(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            Map<String, String> headers = new TreeMap<>();
            for (String header; (header = in.readLine()) != null && !header.isEmpty(); ) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            Request request;
            synchronized (requests) {
                request = new Request(requests.size() + 1, line, headers);
                requests.add(request);
            }
            script.answer(request, connection.getOutputStream());
        } catch (IOException gone) {
            // The client has left, as some tests want it to.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-site");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
