package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.local.Clients;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3, DynamoDB and SQS that share no code with the embedded ones: moto, where it is installed
 * ({@code pip install "moto[server]"}). Set {@code MOTO_SERVER} where {@code moto_server} is not on the path.
 */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnCloudIT {
    @TempDir
    static Path folder;

    private Process moto;
    private TestCaravan caravan;
    private S3Client s3;
    private Path clip;

    @BeforeAll
    void start() throws IOException {
        Optional<Path> program = program();
        Assumptions.assumeTrue(program.isPresent(), "moto is not installed");
        int port = freePort();
        moto = new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("moto.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
        clip = TestMedia.clip(folder, "clip.mp4", 1.0);
        Map<String, String> properties = new HashMap<>();
        for (String store : List.of("s3", "dynamodb", "sqs")) {
            properties.put("caravan." + store + ".endpoint", "http://127.0.0.1:" + port);
        }
        properties.put("caravan.aws.region", "eu-west-3");
        properties.put("caravan.aws.access-key", "testing");
        properties.put("caravan.aws.secret-key", "testing");
        properties.put("caravan.s3.bucket", "own-media");
        properties.put("caravan.ffmpeg.preset", "ultrafast");
        properties.put("caravan.reconciler.compare-interval", "2s");
        caravan = TestCaravan.prepare(properties);
        Caravan.provision(caravan.properties(), true);
        caravan.start();
        s3 = new Clients(caravan.properties()).s3();
    }

    @AfterAll
    void stop() {
        if (caravan != null) {
            caravan.close();
            s3.close();
        }
        if (moto != null) {
            moto.destroyForcibly();
        }
    }

    @Test
    void provision_ends_well_and_finds_everything_the_second_time() {
        List<String> made = new ArrayList<>();
        Caravan.provision(caravan.properties(), true, made::add);
        assertThat(made).isEmpty();
    }

    @Test
    void an_upload_is_announced_worked_on_and_streamed() throws Exception {
        for (String name : List.of("plain.mp4", "ä +%20 &?#=.mp4", "ordner/映 b.mp4")) {
            String id = SharedUploads.put(s3, "own-media", "uploads/" + name, clip);
            Asset asset = awaitReady(id);
            assertThat(asset.filename()).isEqualTo(name.substring(name.lastIndexOf('/') + 1));
            assertThat(SharedUploads.jobs(caravan, id)).hasSize(1);
            HttpResponse<byte[]> part = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(caravan.caravan().apiUrl() + "/api/stream/" + id))
                                    .header("Range", "bytes=4-7")
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(new String(part.body())).isEqualTo("ftyp");
        }
    }

    @Test
    void an_object_that_nothing_announced_is_found_beside_a_key_that_xml_cannot_carry() {
        s3.putBucketNotificationConfiguration(
                request -> request.bucket("own-media").notificationConfiguration(none -> {}));
        s3.putObject(request -> request.bucket("own-media").key("uploads/a\u0003.txt"), RequestBody.fromString("x"));
        awaitReady(SharedUploads.put(s3, "own-media", "uploads/silent + one.mp4", clip));
        Caravan.provision(caravan.properties(), true);
    }

    private Asset awaitReady(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> caravan.wiring().assets.find(id).orElse(null),
                        asset -> asset != null && asset.status() == AssetStatus.READY);
    }

    private static Optional<Path> program() {
        Stream<String> folders =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(each -> each + "/moto_server");
        return Stream.concat(Stream.ofNullable(System.getenv("MOTO_SERVER")), folders)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
