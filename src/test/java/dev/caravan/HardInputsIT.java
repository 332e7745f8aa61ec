package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.Warning;
import dev.caravan.failure.Failure;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Media as people have it - joined, cut, mislabelled, half there, misleading - put into the bucket of a whole Caravan. Each
 * file ends as the table says, without a second attempt, and its warnings tell what its owner must know.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardInputsIT {
    @TempDir
    static Path folder;

    private final Map<String, String> ids = new HashMap<>();
    private TestCaravan caravan;

    /**
     * How a file ends.
     *
     * @param seconds of what was made of it, by the frames or peaks that are there; null where nothing is made
     * @param codes of its warnings, or the one of its failure
     */
    private record End(String name, AssetStatus status, Double seconds, Set<String> codes) {
        static End of(String row) {
            String[] cells = row.strip().split("\\s+");
            return new End(
                    cells[0],
                    AssetStatus.valueOf(cells[1].toUpperCase()),
                    cells[2].equals("-") ? null : Double.valueOf(cells[2]),
                    cells.length == 3 ? Set.of() : Set.of(cells[3].split(",")));
        }
    }

    @BeforeAll
    void upload() throws IOException {
        Path script = folder.resolve("hard-inputs.sh");
        Files.write(
                script,
                HardInputsIT.class.getResourceAsStream("/media/hard-inputs.sh").readAllBytes());
        Path made = Files.createDirectory(folder.resolve("made"));
        TestMedia.run(List.of("bash", script.toString(), made.toString()));
        caravan = TestCaravan.prepareOnSharedBucket()
                .change(
                        "camel.main.routes-include-pattern",
                        "classpath:routes/ingest/*.camel.yaml,classpath:routes/pipelines/*.camel.yaml,"
                                + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml")
                .change(
                        "caravan.ingest.allowed-extensions",
                        ".mp4,.mov,.mkv,.webm,.avi,.ts,.m2ts,.h264,.jpg,.png,.mp3,.wav,.flac,.ogg");
        caravan.start();
        try (Stream<Path> files = Files.list(made)) {
            files.forEach(file -> ids.put(file.getFileName().toString(), put(file)));
        }
    }

    private String put(Path file) {
        return SharedUploads.put(
                caravan.s3(),
                caravan.property("caravan.s3.bucket"),
                caravan.key(file.getFileName().toString()),
                file);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @TestFactory
    Stream<DynamicTest> every_hard_input_ends_as_its_row_says() throws IOException {
        String table = new String(
                HardInputsIT.class.getResourceAsStream("/media/hard-inputs.txt").readAllBytes());
        List<End> ends = table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(End::of)
                .toList();
        assertThat(ends).extracting(End::name).containsExactlyInAnyOrderElementsOf(ids.keySet());
        return ends.stream().map(end -> DynamicTest.dynamicTest(end.name(), () -> endsAs(end)));
    }

    @TestFactory
    Stream<DynamicTest> all_good_media_of_the_collection_are_ready() {
        return Stream.of("video", "audio", "image")
                .flatMap(folder -> TestMedia.shared(folder).stream())
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String id = put(file);
                    List<Job> jobs = ended(id);
                    assertThat(caravan.asset(id).status()).isEqualTo(AssetStatus.READY);
                    assertThat(jobs).extracting(Job::status).containsOnly(JobStatus.COMPLETED);
                    assertThat(jobs).extracting(Job::retryCount).containsOnly(0);
                }));
    }

    private List<Job> ended(String id) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(
                        () -> SharedUploads.jobs(caravan, id),
                        found -> !found.isEmpty()
                                && found.stream().allMatch(job -> job.status().ended()));
    }

    private void endsAs(End end) {
        String id = ids.get(end.name());
        List<Job> jobs = ended(id);
        Asset asset = caravan.asset(id);
        Set<String> codes = codes(asset);
        assertThat(asset.status()).as("%s", asset.error()).isEqualTo(end.status());
        assertThat(jobs).extracting(Job::retryCount).as("runs after the first").containsOnly(0);
        assertThat(codes).isEqualTo(end.codes());
        if (end.seconds() != null) {
            assertThat(seconds(asset)).isCloseTo(end.seconds(), within(0.15));
        }
    }

    private static Set<String> codes(Asset asset) {
        Stream<String> warnings = asset.warnings() == null
                ? Stream.of()
                : asset.warnings().stream().map(Warning::code);
        Stream<String> failure = Stream.ofNullable(asset.error()).map(Failure::code);
        return Stream.concat(warnings, failure).collect(Collectors.toSet());
    }

    /** The length of what was made: of the standard video by its frames, of sound by its peaks. */
    private Double seconds(Asset asset) {
        if (asset.type() == AssetType.IMAGE) {
            return null;
        }
        if (asset.type() == AssetType.AUDIO) {
            JsonNode peaks = peaks(asset);
            return peaks.path("length").asDouble()
                    * peaks.path("samples_per_pixel").asDouble()
                    / peaks.path("sample_rate").asDouble();
        }
        JsonNode probe = TestMedia.probe(read(asset, "standard-video"));
        return probe.at("/streams/0/nb_read_packets").asInt() / 30.0;
    }

    private JsonNode peaks(Asset asset) {
        try {
            return Json.MAPPER.readTree(read(asset, "waveform-peaks").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path read(Asset asset, String type) {
        Derivative derivative = asset.derivatives().stream()
                .filter(candidate -> candidate.type().equals(type))
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve(asset.assetId() + "." + type);
        if (!Files.exists(file)) {
            caravan.s3()
                    .getObject(
                            request -> request.bucket(derivative.file().bucket())
                                    .key(derivative.file().key()),
                            file);
        }
        return file;
    }
}
