package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.JobStatus;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** tus 1.0.0 as its text has it, on two processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TusIT {
    private static final int MIB = 1 << 20;
    private static final String PATH = "/api/v1/uploads/tus";
    private static final String BYTES = "application/offset+octet-stream";

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestCaravan caravan;
    private TestCaravan twin;
    private byte[] clip;
    /** Two parts of S3 and some. */
    private byte[] file;

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 0.5));
        file = TestMedia.padded(clip, 11 * MIB + 17);
        caravan = TestCaravan.prepareOnSharedBucket()
                .change("caravan.upload.part-size", String.valueOf(5 * MIB))
                .change("caravan.upload.least-disk", "1000000")
                .change("caravan.http.allowed-origins", "https://app.example");
        caravan.start();
        twin = caravan.twin();
    }

    @AfterAll
    void stop() {
        twin.close();
        caravan.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String metadata(String name, String type) {
        return "filename " + base64(name.getBytes(StandardCharsets.UTF_8)) + ",filetype "
                + base64(type.getBytes(StandardCharsets.UTF_8)) + ",relativePath bnVsbA==,empty";
    }

    private HttpResponse<String> send(TestCaravan to, String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(to.caravan().apiUrl()).resolve(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        List<String> all = new ArrayList<>(List.of(headers));
        if (!all.contains("Tus-Resumable")) {
            all.addAll(List.of("Tus-Resumable", "1.0.0"));
        }
        request.headers(all.toArray(String[]::new));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private String create(long length) {
        HttpResponse<String> answer = send(
                caravan,
                "POST",
                PATH,
                null,
                "Upload-Length",
                String.valueOf(length),
                "Upload-Metadata",
                metadata("../train.mp4", "video/mp4"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(header(answer, "Upload-Expires")).endsWith("GMT");
        return header(answer, "Location");
    }

    private HttpResponse<String> patch(TestCaravan to, String upload, long offset, byte[] bytes, String... more) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", BYTES, "Upload-Offset", String.valueOf(offset)));
        headers.addAll(List.of(more));
        return send(to, "PATCH", upload, bytes, headers.toArray(String[]::new));
    }

    private long offset(TestCaravan at, String upload) {
        return Long.parseLong(header(send(at, "HEAD", upload, null), "Upload-Offset"));
    }

    private Asset asset(String upload) {
        return caravan.asset(upload.substring(upload.lastIndexOf('/') + 1));
    }

    private void hasArrived(String upload, byte[] expected) {
        Asset asset = asset(upload);
        assertThat(asset.announced().jobs()).hasSize(1);
        byte[] stored = caravan.s3()
                .getObjectAsBytes(request -> request.bucket(asset.source().bucket())
                        .key(asset.source().key()))
                .asByteArray();
        assertThat(Arrays.equals(stored, expected)).isTrue();
        String job = asset.announced().jobs().get(0);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> caravan.job(job).status().ended());
        assertThat(caravan.job(job).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(asset(upload).status()).isEqualTo(AssetStatus.READY);
        assertThat(objects(asset)).noneMatch(key -> key.contains("-rest-"));
    }

    private List<String> objects(Asset asset) {
        return caravan
                .s3()
                .listObjectsV2(request -> request.bucket(caravan.property("caravan.s3.bucket"))
                        .prefix("media/default/" + asset.assetId()))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    /** Announces all that is left, sends {@code count} bytes of it and is gone. */
    private void cutOff(TestCaravan to, String upload, int offset, int count) {
        int port = URI.create(to.caravan().apiUrl()).getPort();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("PATCH %s HTTP/1.1\r\nHost: localhost:%d\r\nTus-Resumable: 1.0.0\r\nContent-Type: %s\r\n"
                        + "Upload-Offset: %d\r\nContent-Length: %d\r\n\r\n")
                .formatted(upload, port, BYTES, offset, file.length - offset)
                .getBytes(StandardCharsets.UTF_8));
        request.write(file, offset, count);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_upload_that_is_cut_anywhere_goes_on_in_another_process() {
        String upload = create(file.length);
        Random random = new Random(7);
        int offset = 0;
        // The first byte, a part's end, within parts.
        for (int count : List.of(1, 5 * MIB - 1, 1 + random.nextInt(MIB), random.nextInt(5 * MIB))) {
            TestCaravan one = offset % 2 == 0 ? caravan : twin;
            TestCaravan other = offset % 2 == 0 ? twin : caravan;
            cutOff(one, upload, offset, count);
            int reached = offset + count;
            Awaitility.await().until(() -> offset(other, upload) == reached);
            offset = reached;
        }
        assertThat(asset(upload).status()).isEqualTo(AssetStatus.UPLOADING);
        assertThat(patch(caravan, upload, 0, new byte[1]).statusCode()).isEqualTo(409);
        HttpResponse<String> last = patch(twin, upload, offset, Arrays.copyOfRange(file, offset, file.length));
        assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
        assertThat(header(last, "Upload-Offset")).isEqualTo(String.valueOf(file.length));
        assertThat(offset(caravan, upload)).isEqualTo(file.length);
        assertThat(asset(upload).filename()).isEqualTo("train.mp4");
        hasArrived(upload, file);
        // A client that did not hear the last answer.
        assertThat(patch(caravan, upload, file.length, new byte[0]).statusCode())
                .isEqualTo(204);
    }

    @Test
    void many_small_requests_make_one_file() {
        String upload = create(clip.length);
        int step = clip.length / 5 + 1;
        for (int at = 0; at < clip.length; at += step) {
            byte[] some = Arrays.copyOfRange(clip, at, Math.min(clip.length, at + step));
            assertThat(patch(at % 2 == 0 ? caravan : twin, upload, at, some).statusCode())
                    .isEqualTo(204);
        }
        hasArrived(upload, clip);
    }

    @Test
    void a_process_that_died_before_the_end_is_made_up_for() {
        String upload = create(clip.length);
        Asset asset = asset(upload);
        String key = asset.source().key();
        String id = asset.announced().uploadId();
        // The parts were put together, and then it died.
        var part = caravan.s3()
                .uploadPart(
                        request -> request.bucket(asset.source().bucket())
                                .key(key)
                                .uploadId(id)
                                .partNumber(1),
                        RequestBody.fromBytes(clip));
        caravan.s3().completeMultipartUpload(request -> request.bucket(
                        asset.source().bucket())
                .key(key)
                .uploadId(id)
                .multipartUpload(all -> all.parts(done -> done.partNumber(1).eTag(part.eTag()))));
        HttpResponse<String> answer = patch(caravan, upload, 0, clip);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        hasArrived(upload, clip);
    }

    @Test
    void two_requests_at_once_do_not_mix() {
        String upload = create(file.length);
        List<CompletableFuture<Integer>> both = List.of(
                CompletableFuture.supplyAsync(
                        () -> patch(caravan, upload, 0, file).statusCode()),
                CompletableFuture.supplyAsync(() -> patch(twin, upload, 0, file).statusCode()));
        assertThat(both.stream().map(CompletableFuture::join))
                .contains(204)
                .allMatch(status -> status == 204 || status == 409);
        hasArrived(upload, file);
    }

    /** The same film with another ending. */
    private static byte[] other(byte[] file, int from) {
        byte[] other = file.clone();
        for (int i = from; i < other.length; i++) {
            other[i] ^= 0x5a;
        }
        return other;
    }

    private void shows(TestCaravan at, String upload, long offset) {
        Awaitility.await().until(() -> offset(at, upload) == offset);
    }

    @Test
    void a_second_writer_is_refused_and_disturbs_nobody() {
        String upload = create(file.length);
        byte[] other = other(file, clip.length);
        try (SlowPatch first = new SlowPatch(caravan, upload, 0, file);
                SlowPatch second = new SlowPatch(caravan, upload, 0, other)) {
            first.send(5 * MIB - 1000);
            shows(caravan, upload, 5 * MIB - 1000);
            second.open().send(5 * MIB + 100);
            assertThat(second.status()).isEqualTo(409);
            first.send(file.length);
            assertThat(first.status()).isEqualTo(204);
        }
        hasArrived(upload, file);
    }

    @Test
    void a_writer_of_another_process_takes_over_and_no_part_of_the_first_one_stays() {
        String upload = create(file.length);
        byte[] other = other(file, clip.length);
        try (SlowPatch first = new SlowPatch(caravan, upload, 0, other);
                SlowPatch second = new SlowPatch(twin, upload, 0, file)) {
            first.send(5 * MIB - 1000);
            shows(caravan, upload, 5 * MIB - 1000);
            second.open().send(5 * MIB + 100);
            shows(twin, upload, 5 * MIB + 100);
            // The missing bytes of its part, and then all.
            first.send(5 * MIB);
            assertThat(first.send(file.length).status()).isEqualTo(409);
            assertThat(second.send(file.length).status()).isEqualTo(204);
        }
        hasArrived(upload, file);
    }

    @Test
    void of_several_whole_files_at_once_one_is_told_that_it_is_stored() {
        byte[] small = TestMedia.padded(clip, 2 * MIB);
        String upload = create(small.length);
        List<byte[]> files = List.of(small, other(small, clip.length), other(small, MIB), other(small, MIB + 1));
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            byte[] mine = files.get(i);
            TestCaravan to = i % 2 == 0 ? caravan : twin;
            all.add(CompletableFuture.supplyAsync(
                    () -> patch(to, upload, 0, mine).statusCode()));
        }
        List<Integer> told = all.stream().map(CompletableFuture::join).toList();
        assertThat(told).containsOnlyOnce(204).allMatch(status -> status == 204 || status == 409);
        hasArrived(upload, files.get(told.indexOf(204)));
    }

    @Test
    void a_client_that_resumes_takes_over_from_its_own_silent_connection() {
        String upload = create(file.length);
        try (SlowPatch silent = new SlowPatch(caravan, upload, 0, file)) {
            silent.send(7 * MIB + 3);
            shows(caravan, upload, 7 * MIB + 3);
            byte[] rest = Arrays.copyOfRange(file, 7 * MIB + 3, file.length);
            HttpResponse<String> resumed = patch(caravan, upload, 7 * MIB + 3, rest);
            assertThat(resumed.statusCode()).as(resumed.body()).isEqualTo(204);
            assertThat(silent.status()).isEqualTo(409);
        }
        hasArrived(upload, file);
    }

    @Test
    void however_two_writers_alternate_the_file_is_that_of_one() {
        byte[] one = TestMedia.padded(clip, 5 * MIB + 70_000);
        List<byte[]> files = List.of(one, other(one, clip.length));
        Random random = new Random(11);
        for (int round = 0; round < 10; round++) {
            String upload = create(one.length);
            List<SlowPatch> writers = new ArrayList<>();
            for (byte[] each : files) {
                writers.add(new SlowPatch(random.nextBoolean() ? caravan : twin, upload, 0, each));
            }
            for (int at = 0; at < 24; at++) {
                SlowPatch writer = writers.get(random.nextInt(2));
                writer.open().send(writer.sent() + random.nextInt(one.length / 8));
            }
            List<Integer> told = writers.stream()
                    .map(writer -> writer.open().send(one.length).status())
                    .toList();
            writers.forEach(SlowPatch::close);
            assertThat(told).as("round %d", round).containsOnlyOnce(204).containsOnlyOnce(409);
            hasArrived(upload, files.get(told.indexOf(204)));
        }
    }

    @Test
    void an_empty_file_is_told_to_be_empty() {
        HttpResponse<String> refused = send(caravan, "POST", PATH, null, "Upload-Length", "0");
        assertThat(refused.statusCode() + refused.body()).startsWith("422").contains("EMPTY_FILE");
    }

    @Test
    void bytes_with_another_checksum_do_not_count() throws NoSuchAlgorithmException {
        String upload = create(file.length);
        byte[] first = Arrays.copyOf(file, 6 * MIB);
        String right = "sha1 " + base64(MessageDigest.getInstance("SHA-1").digest(first));
        HttpResponse<String> wrong =
                patch(caravan, upload, 0, Arrays.copyOfRange(file, 1, 1 + first.length), "Upload-Checksum", right);
        assertThat(wrong.statusCode()).isEqualTo(460);
        assertThat(offset(twin, upload)).isZero();
        assertThat(patch(caravan, upload, 0, first, "Upload-Checksum", "crc32 AAAA")
                        .statusCode())
                .isEqualTo(400);
        assertThat(patch(twin, upload, 0, first, "Upload-Checksum", right).statusCode())
                .isEqualTo(204);
        byte[] rest = Arrays.copyOfRange(file, first.length, file.length);
        String digest = "sha256 " + base64(MessageDigest.getInstance("SHA-256").digest(rest));
        assertThat(patch(caravan, upload, first.length, rest, "Upload-Checksum", digest)
                        .statusCode())
                .isEqualTo(204);
        hasArrived(upload, file);
    }

    @Test
    void the_first_bytes_may_come_with_the_creation() {
        HttpResponse<String> answer = send(
                caravan,
                "POST",
                PATH,
                clip,
                "Upload-Length",
                String.valueOf(clip.length),
                "Content-Type",
                BYTES,
                "Upload-Metadata",
                metadata("a.mp4", "video/mp4"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(header(answer, "Upload-Offset")).isEqualTo(String.valueOf(clip.length));
        hasArrived(header(answer, "Location"), clip);
    }

    @Test
    void what_is_no_media_is_told_to_who_sent_the_last_byte() {
        byte[] words = "nothing that anybody could watch".getBytes(StandardCharsets.UTF_8);
        String upload = create(words.length);
        HttpResponse<String> answer = patch(caravan, upload, 0, words);
        assertThat(answer.statusCode() + answer.body()).startsWith("422").contains("NOT_MEDIA");
        assertThat(asset(upload).announced().jobs()).isNull();
    }

    @Test
    void an_upload_that_is_ended_is_gone() {
        String upload = create(file.length);
        assertThat(patch(caravan, upload, 0, Arrays.copyOf(file, 6 * MIB)).statusCode())
                .isEqualTo(204);
        Asset asset = asset(upload);
        assertThat(objects(asset)).hasSize(1);
        assertThat(send(twin, "DELETE", upload, null).statusCode()).isEqualTo(204);
        assertThat(send(caravan, "HEAD", upload, null).statusCode()).isEqualTo(404);
        assertThat(patch(caravan, upload, 6 * MIB, new byte[1]).statusCode()).isEqualTo(404);
        assertThat(objects(asset)).isEmpty();
        assertThat(caravan.s3()
                        .listMultipartUploads(request -> request.bucket(caravan.property("caravan.s3.bucket")))
                        .uploads())
                .noneMatch(each -> each.key().equals(asset.source().key()));
    }

    @Test
    void an_upload_that_expired_is_not_continued() {
        String upload = create(clip.length);
        caravan.records()
                .update(caravan.assets()
                        .writeOf(asset(upload))
                        .set(
                                "announced.expires_at",
                                Instant.now().minusSeconds(1).toString()));
        assertThat(send(caravan, "HEAD", upload, null).statusCode()).isEqualTo(410);
        assertThat(patch(caravan, upload, 0, clip).statusCode()).isEqualTo(410);
    }

    @Test
    void requests_that_the_protocol_does_not_know_are_refused() {
        HttpResponse<String> options = send(caravan, "OPTIONS", PATH, null);
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(options, "Tus-Extension"))
                .isEqualTo("creation,creation-with-upload,termination,checksum,expiration");
        assertThat(header(options, "Tus-Max-Size")).isEqualTo("524288000");
        assertThat(header(options, "Tus-Checksum-Algorithm")).contains("sha1", "sha256");
        HttpResponse<String> old = send(caravan, "POST", PATH, null, "Tus-Resumable", "0.2.2", "Upload-Length", "10");
        assertThat(old.statusCode()).isEqualTo(412);
        assertThat(header(old, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(send(caravan, "POST", PATH, null).statusCode()).isEqualTo(400);
        assertThat(send(caravan, "POST", PATH, null, "Upload-Length", "-1").statusCode())
                .isEqualTo(400);
        assertThat(send(caravan, "POST", PATH, null, "Upload-Length", "524288001")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(caravan, "POST", PATH, null, "Upload-Length", "9", "Upload-Metadata", "filename !!")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(caravan, "HEAD", PATH + "/nobody", null).statusCode()).isEqualTo(404);
        assertThat(send(caravan, "GET", PATH + "/nobody", null).statusCode()).isEqualTo(405);
        String upload = create(clip.length);
        HttpResponse<String> head = send(caravan, "HEAD", upload, null);
        assertThat(header(head, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(head, "Upload-Length")).isEqualTo(String.valueOf(clip.length));
        assertThat(header(head, "Upload-Metadata")).isEqualTo(metadata("../train.mp4", "video/mp4"));
        assertThat(header(head, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(send(caravan, "PATCH", upload, clip, "Upload-Offset", "0").statusCode())
                .isEqualTo(415);
        assertThat(patch(caravan, upload, 1, clip).statusCode()).isEqualTo(409);
        assertThat(patch(caravan, upload, 0, Arrays.copyOf(clip, clip.length + 1))
                        .statusCode())
                .isEqualTo(413);
        HttpResponse<String> posted = send(
                caravan,
                "POST",
                upload,
                Arrays.copyOf(clip, 100),
                "X-HTTP-Method-Override",
                "PATCH",
                "Content-Type",
                BYTES,
                "Upload-Offset",
                "0");
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(204);
        assertThat(offset(caravan, upload)).isEqualTo(100);
    }

    @Test
    void what_a_path_takes_is_told() {
        HttpResponse<String> refused = send(caravan, "GET", create(10), null);
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "Allow")).isEqualTo("DELETE, HEAD, OPTIONS, PATCH");
        assertThat(header(send(caravan, "GET", PATH, null), "Allow")).isEqualTo("OPTIONS, POST");
    }

    @Test
    void pages_of_other_sites_may_use_it_where_they_are_allowed() {
        HttpResponse<String> preflight = new HttpPage(caravan).preflight("https://app.example", "PATCH", PATH + "/x");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
        HttpResponse<String> created =
                send(caravan, "POST", PATH, null, "Upload-Length", "10", "Origin", "https://app.example");
        assertThat(header(created, "Access-Control-Expose-Headers"))
                .contains("Location", "Upload-Offset", "Tus-Resumable", "Upload-Expires");
    }

    /** What a browser asks before. */
    private record HttpPage(TestCaravan caravan) {
        HttpResponse<String> preflight(String origin, String method, String path) {
            return new ApiClient(caravan)
                    .send(
                            "OPTIONS",
                            path,
                            "Origin",
                            origin,
                            "Access-Control-Request-Method",
                            method,
                            "Access-Control-Request-Headers",
                            "tus-resumable,upload-offset")
                    .response();
        }
    }

    /** A request whose body comes when the test says so. */
    private static final class SlowPatch implements AutoCloseable {
        private final String upload;
        private final int port;
        private final byte[] file;
        private final int from;
        private Socket socket;
        private int sent;

        SlowPatch(TestCaravan to, String upload, int from, byte[] file) {
            this.port = URI.create(to.caravan().apiUrl()).getPort();
            this.upload = upload;
            this.file = file;
            this.from = from;
            this.sent = from;
        }

        int sent() {
            return sent;
        }

        SlowPatch open() {
            if (socket == null) {
                try {
                    socket = new Socket("127.0.0.1", port);
                    socket.getOutputStream()
                            .write(("PATCH %s HTTP/1.1\r\nHost: localhost:%d\r\nTus-Resumable: 1.0.0\r\n"
                                            + "Content-Type: %s\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n")
                                    .formatted(upload, port, BYTES, from, file.length - from)
                                    .getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return this;
        }

        /** Up to this byte of the file. A server that has answered already may have closed. */
        SlowPatch send(int until) {
            open();
            int end = Math.min(until, file.length);
            try {
                socket.getOutputStream().write(file, sent, Math.max(0, end - sent));
            } catch (IOException answered) {
                // Its status says why.
            }
            sent = Math.max(sent, end);
            return this;
        }

        int status() {
            try {
                String line = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                        .readLine();
                return Integer.parseInt(line.split(" ")[1]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
