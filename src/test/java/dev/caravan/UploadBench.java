package dev.caravan;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an upload costs: over {@code cp} of the same file, reception alone (a form that is refused at its very end), the
 * store alone, and all of it. Client, Caravan and S3 share the machine, and the last two the process. Asserts nothing.
 */
@Tag("bench")
class UploadBench {
    private static final int MIB = Integer.getInteger("caravan.bench.mib", 1024);
    private static final int ROUNDS = Integer.getInteger("caravan.bench.rounds", 4);
    private static final String PATH = "/api/v1/videos";

    @TempDir
    Path folder;

    private interface Work {
        void run() throws Exception;
    }

    @Test
    void an_upload_over_a_copy() throws Exception {
        Path large = large();
        Path subtitles = Files.writeString(folder.resolve("a.srt"), "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
        try (UploadSite site = new UploadSite(Map.of("caravan.upload.max-size", "10000000000"))) {
            List<Double> received = new ArrayList<>();
            List<Double> raw = new ArrayList<>();
            List<Double> stored = new ArrayList<>();
            List<Double> all = new ArrayList<>();
            String api = site.caravan.caravan().apiUrl();
            for (int round = 0; round < ROUNDS; round++) {
                long before = resident();
                double copy = seconds(() -> TestMedia.run(List.of("cp", large.toString(), folder + "/copy")));
                Files.delete(folder.resolve("copy"));
                double reception = seconds(() -> curl(
                        "400",
                        "-F",
                        "video=@" + large,
                        "-F",
                        "srt_file=@" + subtitles,
                        "-F",
                        "resolution=0p",
                        api + "/api/process-video/"));
                long afterReception = resident();
                double whole = seconds(() -> curl("202", "-F", "video=@" + large, api + PATH));
                double body = seconds(() ->
                        curl("202", "-T", large.toString(), "-X", "POST", "-H", "Content-Type: video/mp4", api + PATH));
                long after = resident();
                double store = seconds(() -> new dev.caravan.storage.S3Files(
                                site.caravan.clients().s3(), site.caravan.property("caravan.s3.bucket"))
                        .store(large, "bench/" + UUID.randomUUID(), "video/mp4", "x"));
                print(
                        "cp %.2f s, reception %.2f s, store %.2f s, form %.2f s, body %.2f s,"
                                + " RSS %+d MiB by reception, %+d MiB in all",
                        copy, reception, store, whole, body, (afterReception - before) >> 10, (after - before) >> 10);
                if (round > 0) {
                    received.add(copy / reception);
                    stored.add(copy / store);
                    all.add(copy / whole);
                    raw.add(copy / body);
                }
                empty(site);
            }
            print(
                    "of cp, medians: reception %.2f, store %.2f, form %.2f, body %.2f",
                    median(received), median(stored), median(all), median(raw));
        }
    }

    private static void empty(UploadSite site) {
        for (String key : site.objects()) {
            site.caravan.clients().s3().deleteObject(request -> request.bucket(
                            site.caravan.property("caravan.s3.bucket"))
                    .key(key));
        }
    }

    private static void curl(String expected, String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}"));
        command.addAll(List.of(arguments));
        String status = TestMedia.run(command);
        if (!status.equals(expected)) {
            throw new IllegalStateException("answered " + status);
        }
    }

    /** A short clip with a large atom of random bytes behind it, which players leap over. */
    private Path large() throws IOException {
        Path file = TestMedia.clip(folder, "large.mp4", 2);
        long size = (long) MIB << 20;
        byte[] piece = new byte[1 << 20];
        new Random(1).nextBytes(piece);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.allocate(16)
                    .putInt(1)
                    .put("free".getBytes(StandardCharsets.US_ASCII))
                    .putLong(size + 16)
                    .array());
            for (int i = 0; i < MIB; i++) {
                out.write(piece);
            }
        }
        return file;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** KiB. */
    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }
}
