package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.Gate;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.JobStatus;
import dev.caravan.local.SharedCloud;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that go away under load, and come back. {@code -Dcaravan.faults.outage=30} says for how many seconds. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutagesIT {
    private static final int SECONDS = Integer.getInteger("caravan.faults.outage", 10);

    private final Map<String, Gate> gates = new HashMap<>();
    private final List<String> uploads = new ArrayList<>();
    private Fleet fleet;
    private WorkerProcess worker;
    private Path clip;

    @BeforeAll
    void start() {
        Map<String, String> cloud = SharedCloud.get().properties();
        Map<String, String> changes = new HashMap<>(Map.of("caravan.worker.concurrency", "3"));
        for (String server : List.of("s3", "dynamodb", "sqs")) {
            String property = "caravan." + server + ".endpoint";
            gates.put(server, new Gate(cloud.get(property)));
            changes.put(property, gates.get(server).url());
        }
        String redis = cloud.get("caravan.redis.url");
        gates.put("redis", new Gate(redis));
        changes.put("caravan.redis.url", redis.replaceAll(":\\d+$", ":" + port(gates.get("redis"))));
        fleet = new Fleet("outages", changes);
        clip = fleet.clip(1);
        worker = fleet.readyWorker();
    }

    private static int port(Gate gate) {
        return URI.create(gate.url()).getPort();
    }

    @AfterAll
    void end() {
        fleet.close();
        gates.values().forEach(Gate::close);
    }

    @ParameterizedTest
    @CsvSource({
        "sqs,unhealthy",
        "s3,unhealthy",
        "dynamodb,unhealthy",
        "redis,degraded",
        "s3 dynamodb sqs redis,unhealthy"
    })
    void a_server_that_is_down_under_load_loses_nothing_and_burns_no_attempt(String down, String health) {
        String before = Site.health(worker.api());
        assertThat(before).isEqualTo("healthy");
        upload(3);
        int encodings = fleet.ffmpeg.starts().size();
        Fleet.await(60, "encoding", () -> fleet.ffmpeg.starts().size() > encodings);
        List<Gate> shut = List.of(down.split(" ")).stream().map(gates::get).toList();
        shut.forEach(Gate::shut);
        long since = System.nanoTime();
        upload(2);
        for (String api : List.of(worker.api(), fleet.front.caravan().apiUrl())) {
            Fleet.await(20, api + " is " + health, () -> Site.health(api).equals(health));
        }
        Fleet.pass(Duration.ofSeconds(SECONDS).minusNanos(System.nanoTime() - since));
        shut.forEach(Gate::reopen);
        for (String api : List.of(worker.api(), fleet.front.caravan().apiUrl())) {
            Fleet.await(30, api + " is well again", () -> Site.health(api).equals(before));
        }
        Evidence evidence = fleet.awaitAll(120, uploads);
        System.out.printf(
                "FAULTS outage of %s: %d encodings for %d jobs%n",
                down, fleet.ffmpeg.starts().size() - encodings, 5);
        evidence.jobs().forEach((id, job) -> {
            assertThat(job.status()).as(evidence.story(id)).isEqualTo(JobStatus.COMPLETED);
            assertThat(job.retryCount()).as(evidence.story(id)).isZero();
            assertThat(job.steps().values()).as(evidence.story(id)).allMatch(step -> step.attempts() == 1);
            assertThat(evidence.events(id, "step-failed"))
                    .as(evidence.story(id))
                    .isEmpty();
            assertThat(evidence.events(id, "taken-back"))
                    .as("nobody died: %s", evidence.story(id))
                    .isEmpty();
            assertThat(fleet.front.asset(job.assetId()).status()).isEqualTo(AssetStatus.READY);
        });
        assertThat(fleet.outputs.overwritten()).isEmpty();
    }

    private void upload(int howMany) {
        for (int i = 0; i < howMany; i++) {
            uploads.add(fleet.upload("clip %d.mov".formatted(uploads.size()), clip));
        }
    }
}
