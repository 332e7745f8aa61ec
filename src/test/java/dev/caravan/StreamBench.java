package dev.caravan;

import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What streaming costs: a large file over {@code cp} of it, what it adds to the process, and parts of 1 MiB beside nginx on
 * the same file. Client, Caravan and the embedded S3 share one machine, Caravan and S3 one process. Prints; asserts nothing.
 */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamBench {
    private static final int MIB = 1 << 20;
    private static final int SIZE_MIB = Integer.getInteger("caravan.bench.mib", 1024);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);
    private static final int PARTS = 2_000;

    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private Path file;
    private URI stream;
    private URI direct;

    @BeforeAll
    void start() throws IOException {
        file = folder.resolve("large.mp4");
        byte[] chunk = new byte[MIB];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < SIZE_MIB; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
        caravan = TestCaravan.start(TestCaravan.WITH_API);
        String bucket = caravan.property("caravan.s3.bucket");
        String key = "bench/" + caravan.property("caravan.name") + ".mp4";
        String etag = caravan.clients()
                .s3()
                .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                .eTag()
                .replace("\"", "");
        MediaFile object = new MediaFile(bucket, key, etag, (long) SIZE_MIB * MIB, "video/mp4", "large.mp4");
        String id = new Footage(caravan).video(object);
        direct = URI.create(caravan.wiring().presigned.link(object, Duration.ofHours(1)));
        stream = URI.create(caravan.caravan().apiUrl() + "/api/stream/" + id);
    }

    @AfterAll
    void stop() {
        caravan.clients().s3().deleteObject(request -> request.bucket(caravan.property("caravan.s3.bucket"))
                .key("bench/" + caravan.property("caravan.name") + ".mp4"));
        caravan.close();
    }

    @Test
    void a_large_file_over_cp_of_it() throws Exception {
        Path copy = folder.resolve("copy.mp4");
        List<Double> overCp = new ArrayList<>();
        List<Double> overS3 = new ArrayList<>();
        long resident = 0;
        for (int pair = 0; pair <= PAIRS; pair++) {
            double byCp = seconds(() -> TestMedia.run(List.of("cp", file.toString(), copy.toString())));
            Files.delete(copy);
            double fromS3 = seconds(() -> read(direct, ""));
            double streamed = seconds(() -> read(stream, ""));
            if (pair == 0) {
                resident = resident();
            } else {
                overCp.add(byCp / streamed);
                overS3.add(fromS3 / streamed);
                print("pair %d: cp %.2f s, from S3 %.2f s, stream %.2f s", pair, byCp, fromS3, streamed);
            }
        }
        print("%d MiB: speed over cp, median %.2f; over S3 itself %.2f", SIZE_MIB, median(overCp), median(overS3));
        print("resident memory grew by %d MiB over %d further streams", (resident() - resident) / MIB, PAIRS);
    }

    @Test
    void parts_of_a_mebibyte_beside_nginx() throws Exception {
        boolean nginx = Files.isExecutable(Path.of("/usr/sbin/nginx"));
        for (int connections : List.of(1, 8, 32)) {
            parts(stream, connections);
            double ours = parts(stream, connections);
            if (nginx) {
                double theirs = withNginx(connections);
                print(
                        "%d connections: %.0f parts of 1 MiB a second, nginx %.0f, ratio %.2f",
                        connections, ours, theirs, ours / theirs);
            } else {
                print("%d connections: %.0f parts of 1 MiB a second", connections, ours);
            }
        }
    }

    private double withNginx(int connections) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(
                settings,
                """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log stderr; user root;
                events { worker_connections 256; }
                http {
                  access_log off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s; keepalive_requests 100000;
                  server { listen 127.0.0.1:%2$d; root %1$s; }
                }
                """
                        .formatted(folder, port));
        Process process = new ProcessBuilder("/usr/sbin/nginx", "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        try {
            URI there = URI.create("http://127.0.0.1:" + port + "/large.mp4");
            Awaitility.await().ignoreExceptions().until(() -> read(there, "bytes=0-0") == 1);
            parts(there, connections);
            return parts(there, connections);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Parts a second. */
    private double parts(URI from, int connections) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        int each = PARTS / connections;
        try {
            long start = System.nanoTime();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int seed = i;
                all.add(clients.submit(() -> readParts(from, each, seed)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return each * connections / ((System.nanoTime() - start) / 1e9);
        } finally {
            clients.shutdown();
        }
    }

    private static Void readParts(URI from, int count, int seed) throws IOException {
        Random random = new Random(seed);
        try (Socket socket = new Socket(from.getHost(), from.getPort())) {
            Answers answers = new Answers(socket);
            for (int i = 0; i < count; i++) {
                long first = (long) random.nextInt(SIZE_MIB) * MIB;
                answers.ask(from, "bytes=%d-%d".formatted(first, first + MIB - 1));
            }
        }
        return null;
    }

    private static long read(URI from, String range) throws IOException {
        try (Socket socket = new Socket(from.getHost(), from.getPort())) {
            return new Answers(socket).ask(from, range);
        }
    }

    /** The least that a client can do, so that it is not the client that is measured. */
    private static final class Answers {
        private final OutputStream out;
        private final InputStream in;
        private final byte[] buffer = new byte[256 * 1024];

        Answers(Socket socket) throws IOException {
            out = socket.getOutputStream();
            in = socket.getInputStream();
        }

        long ask(URI from, String range) throws IOException {
            String request = "GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n"
                    .formatted(
                            from.getRawPath() + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery()),
                            from.getHost(),
                            from.getPort(),
                            range.isEmpty() ? "" : "Range: " + range + "\r\n");
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            int filled = 0;
            int end;
            do {
                int n = in.read(buffer, filled, buffer.length - filled);
                if (n < 0) {
                    throw new IOException("ended in its head");
                }
                filled += n;
                end = text(filled).indexOf("\r\n\r\n");
            } while (end < 0);
            String head = text(end).toLowerCase(Locale.ROOT);
            if (!head.startsWith("http/1.1 20")) {
                throw new IOException(head);
            }
            long length = Long.parseLong(head.replaceAll("(?s).*content-length: *(\\d+).*", "$1"));
            for (long left = length - (filled - end - 4); left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IOException(left + " bytes are missing");
                }
                left -= n;
            }
            return length;
        }

        private String text(int length) {
            return new String(buffer, 0, Math.min(length, 4096), StandardCharsets.ISO_8859_1);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of this process, with the embedded servers in it. */
    private static long resident() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                * 1024;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }
}
