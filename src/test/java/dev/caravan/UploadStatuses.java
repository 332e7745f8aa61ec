package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.ApiClient.Answer;
import dev.caravan.fetch.ScriptedSite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes operations that take uploads answer with each status that they document. */
final class UploadStatuses {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] FORM = {"Content-Type: " + Form.TYPE};

    private final TestCaravan caravan;
    private final Gate dynamo;
    private final byte[] clip;

    UploadStatuses(TestCaravan caravan, Gate dynamo, Path folder) {
        this.caravan = caravan;
        this.dynamo = dynamo;
        try {
            clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 0.5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer provoke(String path, int status) {
        return switch (status) {
            case 200 -> finished(path);
            case 202 -> send(caravan, path, valid(), valid().length, FORM[0], "Prefer: respond-async");
            case 409 -> cancelled(path);
            case 400 -> send(caravan, path, new byte[0], 0, FORM);
            case 403 -> send(caravan, path, valid(), valid().length, FORM[0], "Origin: https://elsewhere.example");
            case 406 -> send(caravan, path, valid(), valid().length, FORM[0], "Accept: image/png");
            case 408 -> send(caravan, path, new byte[0], 1000, FORM);
            case 413 -> send(caravan, path, new byte[0], 1L << 50, FORM);
            case 415 -> send(caravan, path, new byte[0], 0, "Content-Type: text/plain");
            case 422 -> {
                byte[] text = form("no video".getBytes(StandardCharsets.UTF_8));
                yield send(caravan, path, text, text.length, FORM);
            }
            case 429 -> changed(path, "caravan.queue.max-ready", "0");
            case 507 -> changed(path, "caravan.upload.least-disk", "9000000000000000");
            case 500 -> withoutFolder(path);
            case 503 -> withoutStore(path);
            case 504 -> withSilentSubtitles(path);
            default -> throw new IllegalStateException("Nobody knows how to provoke " + status);
        };
    }

    private Answer finished(String path) {
        try (TestCaravan working = TestCaravan.start(Map.of("caravan.ffmpeg.preset", "ultrafast"))) {
            return send(working, path, valid(), valid().length, FORM[0], "Prefer: wait=60");
        }
    }

    /** With nobody who would work on the job while the call waits for it. */
    private Answer cancelled(String path) {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        try (TestCaravan idle = TestCaravan.start(changes)) {
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                    () -> send(idle, path, valid(), valid().length, FORM[0], "Prefer: wait=60"));
            String job = Awaitility.await().until(() -> onlyJob(idle), id -> id != null);
            idle.wiring().cancellation.cancel(job, "the test wants it");
            return waiting.join();
        }
    }

    private static String onlyJob(TestCaravan at) {
        return at
                .wiring()
                .clients
                .dynamo()
                .scan(request -> request.tableName(at.property("caravan.name") + "-jobs")
                        .filterExpression("#item = :job")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Map.of(":job", AttributeValue.fromS("job"))))
                .items()
                .stream()
                .findFirst()
                .map(item -> item.get("job_id").s())
                .orElse(null);
    }

    private Answer valid(TestCaravan at, String path) {
        return send(at, path, valid(), valid().length, FORM);
    }

    private byte[] valid() {
        return form(clip);
    }

    private static byte[] form(byte[] video) {
        byte[] subtitles = "1\n00:00:00,000 --> 00:00:01,000\nHello\n".getBytes(StandardCharsets.UTF_8);
        return new Form()
                .file("video", "a.mp4", "video/mp4", video)
                .file("srt_file", "a.srt", null, subtitles)
                .bytes();
    }

    private Answer changed(String path, String setting, String value) {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        changes.put(setting, value);
        try (TestCaravan other = TestCaravan.start(changes)) {
            return valid(other, path);
        }
    }

    /** With a file where the folder of uploads should be. */
    private Answer withoutFolder(String path) {
        Path folder = Path.of(caravan.property("caravan.temp"), "uploads");
        try {
            Files.delete(folder);
            Files.createFile(folder);
            Answer answer = valid(caravan, path);
            Files.delete(folder);
            Files.createDirectory(folder);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer withoutStore(String path) {
        dynamo.shut();
        try {
            return Awaitility.await().until(() -> valid(caravan, path), answer -> answer.status() == 503);
        } finally {
            dynamo.reopen();
        }
    }

    private Answer withSilentSubtitles(String path) {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        changes.put("caravan.import.allow", "127.0.0.1");
        changes.put("caravan.subtitles.timeout", "0.2");
        try (ScriptedSite silent = new ScriptedSite((request, out) -> out.flush());
                TestCaravan other = TestCaravan.start(changes)) {
            byte[] form = new Form()
                    .file("video", "a.mp4", "video/mp4", clip)
                    .field("srt_url", silent.url("/a.srt"))
                    .bytes();
            return send(other, path, form, form.length, FORM);
        }
    }

    /** Over a socket: HTTP libraries do not send half a body. */
    private static Answer send(TestCaravan at, String path, byte[] body, long length, String... headers) {
        int port = URI.create(at.caravan().apiUrl()).getPort();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                        + "Content-Length: " + length + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.toByteArray());
            String[] parts =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
            String type = parts[0].replaceFirst("(?is).*\r\ncontent-type: ([^\r]*).*", "$1");
            JsonNode json = JSON.readTree(parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1));
            return new Answer(Integer.parseInt(parts[0].split(" ", 3)[1]), type, json, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
