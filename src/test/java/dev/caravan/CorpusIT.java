package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Warning;
import dev.caravan.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Real files, good and bad, through the whole pipeline, where the machine has the collection of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf("collectionIsThere")
class CorpusIT {
    /** The bad ones: what each must be refused with, or the warning that it is finished with. */
    private static final Map<String, String> BAD = Map.of(
            "corrupted.mp4", "PARTLY_DAMAGED",
            "truncated_faststart_50pct.mp4", "PARTLY_DAMAGED",
            "zero_bytes.mp4", "EMPTY_FILE",
            "text_renamed.mp4", "NOT_MEDIA",
            "random_with_ftyp.mp4", "MEDIA_UNREADABLE",
            "png_renamed.mp4", "TYPE_MISMATCH",
            "hls_http_loopback.mp4", "PLAYLIST_REFUSED",
            "hls_file_other_local_video.mp4", "PLAYLIST_REFUSED");

    @TempDir
    static Path folder;

    private final Map<String, String> ids = new LinkedHashMap<>();
    private TestCaravan caravan;

    static boolean collectionIsThere() {
        return !TestMedia.shared("video").isEmpty();
    }

    /** All at once, as an uploader would; each test then looks at one. */
    @BeforeAll
    void upload() {
        caravan = TestCaravan.prepareOnSharedBucket();
        caravan.start();
        for (String name : BAD.keySet()) {
            put("bad", TestMedia.shared().resolve("bad").resolve(name));
        }
        TestMedia.shared("video").forEach(file -> put("video", file));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @TestFactory
    List<DynamicTest> every_video_of_the_collection_comes_out_as_the_standard_video() {
        return TestMedia.shared("video").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> isStandard(file)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> every_bad_file_ends_in_one_attempt_with_the_right_code() {
        return BAD.entrySet().stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> endsWith(bad.getKey(), bad.getValue())))
                .toList();
    }

    @Test
    void nothing_is_left_in_the_workspaces() {
        ids.values().forEach(this::awaitEnd);
        caravan.awaitIdle();
        Path temp = Path.of(caravan.property("caravan.temp"));
        Set<String> kept = Set.of("uploads", "announced");
        assertThat(temp)
                .isDirectoryNotContaining(folder -> Files.isDirectory(folder)
                        && !kept.contains(folder.getFileName().toString()));
        kept.forEach(folder -> assertThat(temp.resolve(folder)).isEmptyDirectory());
    }

    private void isStandard(Path source) throws IOException {
        Asset asset = awaitEnd(ids.get("video/" + source.getFileName()));
        assertThat(asset.status()).as("%s", asset.error()).isEqualTo(AssetStatus.READY);
        assertThat(asset.resolution()).isEqualTo("1080x1920");
        Path result = folder.resolve(asset.assetId() + ".mp4");
        caravan.clients()
                .s3()
                .getObject(
                        request -> request.bucket(asset.file().bucket())
                                .key(asset.file().key()),
                        result);
        JsonNode probe = TestMedia.probe(result);
        JsonNode video = probe.at("/streams/0");
        assertThat(video.path("codec_name").asText()).isEqualTo("h264");
        assertThat(video.path("width").asInt() + "x" + video.path("height").asInt())
                .isEqualTo("1080x1920");
        assertThat(video.path("pix_fmt").asText()).isEqualTo("yuv420p");
        assertThat(video.path("avg_frame_rate").asText()).isEqualTo("30/1");
        assertThat(probe.at("/streams/1/codec_name").asText()).isEqualTo("aac");
        assertThat(probe.at("/streams/1/sample_rate").asText()).isEqualTo("48000");
        assertThat(probe.at("/streams/1/channels").asInt()).isEqualTo(2);
        double duration = probe.at("/format/duration").asDouble();
        assertThat(video.path("nb_read_packets").asInt() / 30.0).isBetween(duration - 0.15, duration + 0.15);
    }

    private void endsWith(String name, String code) {
        Asset asset = awaitEnd(ids.get("bad/" + name));
        Job job = SharedUploads.jobs(caravan, asset.assetId()).get(0);
        assertThat(job.retryCount()).as("runs after the first").isZero();
        if (asset.status() == AssetStatus.READY) {
            assertThat(asset.warnings()).extracting(Warning::code).contains(code);
        } else {
            assertThat(asset.error().code()).isEqualTo(code);
            assertThat(asset.error().message()).isNotBlank();
            assertThat(asset.error().advice()).isNotBlank();
        }
    }

    private void put(String kind, Path file) {
        String name = kind + "/" + file.getFileName();
        ids.put(
                name,
                SharedUploads.put(
                        caravan.clients().s3(), caravan.property("caravan.s3.bucket"), caravan.key(name), file));
    }

    private Asset awaitEnd(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .until(
                        () -> caravan.wiring().assets.find(id).orElse(null),
                        asset -> asset != null && asset.status() != AssetStatus.PROCESSING);
    }
}
