package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.control.Cancellation;
import dev.caravan.control.DeadLetterIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.JobChanges;
import dev.caravan.control.Retry;
import dev.caravan.control.RetryRequest;
import dev.caravan.durable.JobEndPuppet;
import dev.caravan.durable.JobOutcomeHandler;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.functional.SettableClock;
import dev.caravan.intake.IdempotencyKey;
import dev.caravan.intake.Intake;
import dev.caravan.json.Json;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.recovery.Recovery;
import dev.caravan.recovery.RecoveryPuppet;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.CrashSuspicion;
import dev.caravan.work.Journal;
import dev.caravan.work.Publishing;
import dev.caravan.work.Puppet;
import dev.caravan.work.RunningJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/**
 * Every write that changes a job, as DynamoDB gets it: conditions, attributes, and the other parts of its transaction. A
 * difference in {@code writes.txt} is a change of the protocol between workers of two versions: make it knowingly.
 */
class JobWritesTest {
    private static final Path PINNED = Path.of("src/test/resources/job/writes.txt");
    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final String ASSET = "aaaaaaaaaaaaaaaaaaaaaaaa";
    private static final MediaFile SOURCE =
            new MediaFile("bucket", "uploads/a.mp4", "etag", 1000, "video/mp4", "a.mp4");
    private static final Failure FAILURE = new Failure(
            "FFMPEG_FAILED", FailureKind.TRANSIENT, "convert", "It does not work", "Wait", "the last words");
    private static final StepRecord BLANK = new StepRecord(null, 0, null, null, null, null, null, null);

    private final SettableClock clock = new SettableClock();
    private final WrittenItems items = new WrittenItems();
    private final Records records = new Records(items.client());
    private final Tables tables = new Tables("assets", "jobs");
    private final Jobs jobs = new Jobs(records, tables);
    private final Assets assets = new Assets(records, tables, clock);
    private final Counters counters = new Counters(records, tables);
    private final JobMeters meters = new JobMeters(new SimpleMeterRegistry(), clock);
    private final ReadyQueue queue = new ReadyQueue(records, tables, clock, 1);
    private final JobWriter writer = new JobWriter(records, tables, clock, queue, counters);
    private final RunTransitions runs = new RunTransitions(writer, jobs);
    private final QueueTransitions transitions = new QueueTransitions(writer, jobs, assets);
    private final Removal removal = new Removal(writer, jobs);
    private final UnqueuedJobs unqueuedJobs = new UnqueuedJobs(records, tables, queue, transitions);
    private final Doorbell doorbell = new Doorbell(sqs(), "jobs");
    private final JobCompletion jobCompletion = new JobCompletion(writer, jobs, assets, meters, id -> {});
    private final Intake intake =
            new Intake(records, tables, clock, transitions, meters, assets, counters, doorbell, pipeline -> 2);
    private final Journal journal = new Journal(runs, jobs);
    private final Puppet puppet = new Puppet(runs, jobs, jobCompletion, new TwoSteps());
    private final JobOutcomeHandler jobOutcomeHandler =
            new JobOutcomeHandler(journal, jobCompletion, doorbell, null, () -> null);
    private final JobChanges changes = new JobChanges(jobs, transitions, clock, new TwoSteps(), doorbell);
    private final Cancellation cancellation = new Cancellation(jobs, jobCompletion, id -> {});
    private final Retry retry =
            new Retry(jobs, transitions, removal, meters, clock, assets, new TwoSteps(), doorbell, null);
    private final DeadLetters deadLetters =
            new DeadLetters(jobs, new DeadLetterIndex(records, tables, clock), removal, clock, 0, Duration.ofDays(30));
    private final Recovery recovery = new Recovery(
            new Recovery.Parts(
                    records,
                    tables,
                    clock,
                    new ActiveJobs(jobs, records, tables),
                    runs,
                    jobCompletion,
                    unqueuedJobs,
                    queue,
                    doorbell),
            new TwoSteps(),
            Duration.ofSeconds(30),
            new CrashSuspicion(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5))));
    private final List<String> text = new ArrayList<>();

    @Test
    void every_write_of_a_job_is_as_it_is_written_down() throws IOException {
        asset(Map.of("status", "processing", "open_required", List.of("standardize", "other")));
        accepted();
        claimedAndRun();
        backInLine();
        ended();
        changed();
        goesOn();
        tidied();
        String written = String.join("\n", text) + "\n";
        if ("write".equals(System.getProperty("caravan.writes"))) {
            Files.writeString(PINNED, written);
        }
        assertThat(PINNED)
                .as("after a change that is meant: mvn -q test -Dtest=JobWritesTest -Dcaravan.writes=write")
                .hasContent(written);
    }

    private void accepted() {
        Asset asset = Asset.uploaded(
                "bbbbbbbbbbbbbbbbbbbbbbbb", "default", AssetType.VIDEO, SOURCE, List.of("standardize"), null, "now");
        Intake.Order order = new Intake.Order(
                "standardize", Priority.NORMAL, Map.of("width", 720), true, null, Map.of(), null, null);
        Intake.Order later = new Intake.Order(
                "preview",
                Priority.LOW,
                Map.of(),
                false,
                "convert",
                Map.of("probe", done(1)),
                null,
                clock.instant().plusSeconds(60));
        happens("accept a new asset with two jobs", () -> intake.accept(asset, List.of(order, later)));
        happens("accept an object of the bucket", () -> intake.acceptObject(asset, List.of(order)));
        happens(
                "add a job to an asset, with an idempotency key",
                () -> intake.add(asset, later, new IdempotencyKey("key", "request")));
    }

    private void claimedAndRun() {
        happens("claim", () -> claim(Map.of()));
        RunningJob run = claim(Map.of());
        run.enter("convert", 1);
        happens("heartbeat within a step", () -> puppet.beat(run));
        run.leave();
        happens("heartbeat between two steps", () -> puppet.beat(run));
        run.retries(1);
        happens("start another attempt", () -> journal.attemptStarted(run, "convert", BLANK.next("now")));
        happens("checkpoint", () -> journal.checkpoint(run, "probe", done(1), "convert"));
        happens("retry here", () -> journal.attemptFailed(run, "convert", failed(1), Duration.ofSeconds(2)));
        happens("publish while the run holds its job", () -> new Publishing(records, runs, assets)
                .write(run, found -> assets.writeOf(found).set("media", "m")));
    }

    private void backInLine() {
        Duration minute = Duration.ofMinutes(1);
        happens(
                "postpone",
                () -> jobOutcomeHandler.postpone(
                        step(running(), BLANK).failed(FAILURE, minute).exchange()));
        happens(
                "defer the first attempt",
                () -> jobOutcomeHandler.awaitTurn(
                        step(running(), BLANK).failed(FAILURE, minute).exchange()));
        happens(
                "defer a later attempt",
                () -> jobOutcomeHandler.awaitTurn(
                        step(running(), failed(1)).failed(FAILURE, minute).exchange()));
        happens("give back", () -> {
            RunningJob run = running();
            run.abort(RunningJob.AbortReason.STOPPING);
            jobOutcomeHandler.giveBack(step(run, BLANK).failed(FAILURE, minute).exchange());
        });
        happens("take back", () -> puppet.takeBack(held(Map.of("crashes", 1))));
        job(Map.of("status", "PROCESSING", "lease", lease(), "worker", "w/0", "crashes", 2, "current_step", "convert"));
        items.find(List.of(jobs.key(ID)));
        clock.tick(Duration.ofHours(1));
        happens("take back a suspect", () -> RecoveryPuppet.takeBackOverdue(recovery, Duration.ofMinutes(30)));
        items.find(List.of());
        job(Map.of("status", "QUEUED", "ready", "ready#elsewhere"));
        happens("bring in a straggler", () -> {
            unqueuedJobs.among(List.of(ID)).forEach(unqueuedJobs::bringIn);
        });
    }

    private void ended() {
        happens("complete the last required job", () -> {
            asset(Map.of("status", "processing", "open_required", List.of("standardize")));
            jobOutcomeHandler.complete(
                    step(running(), BLANK).done(Map.of("made", 1)).exchange());
        });
        happens("complete a required job while another one is open", () -> {
            asset(Map.of("status", "processing", "open_required", List.of("standardize", "other")));
            jobOutcomeHandler.complete(
                    step(running(), BLANK).done(Map.of("made", 1)).exchange());
        });
        happens(
                "complete a job that nothing requires",
                () -> jobOutcomeHandler.complete(step(run(Map.of("required", false)), BLANK)
                        .done(Map.of("made", 1))
                        .exchange()));
        happens(
                "fail",
                () -> jobOutcomeHandler.bury(
                        step(running(), BLANK).failed(FAILURE, Duration.ZERO).exchange()));
        job(Map.of("status", "PROCESSING", "lease", lease(), "worker", "w/0", "crashes", 3, "current_step", "convert"));
        items.find(List.of(jobs.key(ID)));
        clock.tick(Duration.ofHours(1));
        happens(
                "fail what takes its workers down",
                () -> RecoveryPuppet.takeBackOverdue(recovery, Duration.ofMinutes(30)));
        items.find(List.of());
        happens("cancel a job that waits", () -> {
            job(waiting());
            cancellation.cancel(ID, "a test");
        });
        happens("cancel a job that runs", () -> {
            held(Map.of());
            cancellation.cancel(ID, "a test");
        });
    }

    private void changed() {
        happens("reschedule a job that waits", () -> {
            job(waiting());
            changes.change(
                    ID,
                    new RetryRequest(
                            null,
                            Map.of("width", 1),
                            Priority.HIGH,
                            clock.instant().plusSeconds(60)));
        });
        happens("change the priority of a job that runs", () -> {
            held(Map.of());
            changes.change(ID, new RetryRequest(null, null, Priority.HIGH, null));
        });
    }

    private void goesOn() {
        asset(Map.of("status", "failed", "open_required", List.of("standardize")));
        Map<String, Object> dead = dead();
        happens("requeue a dead letter", () -> {
            job(dead);
            retry.retry(ID, new RetryRequest(ResumePlan.FAILED, Map.of("width", 2), Priority.LOW, null));
        });
        happens("requeue from the start a dead letter that expires", () -> {
            dead.put("expires_at", 2_000_000_000L);
            job(dead);
            retry.retry(
                    ID,
                    new RetryRequest(
                            ResumePlan.START, null, null, clock.instant().plusSeconds(60)));
        });
        happens("requeue a cancelled job that nothing requires", () -> {
            dead.remove("expires_at");
            dead.remove("error");
            dead.put("status", "CANCELLED");
            dead.put("required", false);
            job(dead);
            retry.retry(ID, RetryRequest.PLAIN);
        });
    }

    private void tidied() {
        happens("let a dead letter expire", () -> {
            job(dead());
            Map<String, Object> letter = new HashMap<>(dead());
            letter.put("dead", "standardize");
            letter.put("job_id", ID);
            letter.put("item", "history#2026-01-14T10:30:00.000Z#0000");
            items.put(Map.of("job_id", "dead-letters", "item", "pipelines"), Map.of("names", Set.of("standardize")));
            items.find(List.of(letter));
            deadLetters.expire();
        });
        happens("remove a completed job", () -> {
            Map<String, Object> completed = dead();
            completed.remove("error");
            completed.put("status", "COMPLETED");
            completed.put("item", "history#2026-01-14T10:30:00.000Z#0000");
            completed.put("job_id", ID);
            job(completed);
            items.find(List.of(completed));
            clock.tick(Duration.ofDays(2));
            RecoveryPuppet.removeOldJobs(records, tables, clock, jobs, removal, Duration.ofDays(1));
        });
    }

    // What there is

    private void happens(String what, Runnable act) {
        items.taken();
        act.run();
        text.add("# " + what);
        text.addAll(items.taken());
        text.add("");
    }

    private void asset(Map<String, Object> more) {
        Asset asset =
                Asset.uploaded(ASSET, "default", AssetType.VIDEO, SOURCE, List.of("standardize"), null, "2026-01-14");
        Map<String, Object> item = new LinkedHashMap<>(Json.toMap(asset));
        item.put("revision", 7);
        item.putAll(more);
        items.put(Map.of("asset_id", ASSET), item);
    }

    private void job(Map<String, Object> more) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("schema_version", 1);
        item.put("asset_id", ASSET);
        item.put("owner", "default");
        item.put("pipeline", "standardize");
        item.put("parameters", Map.of("width", 720));
        item.put("priority", 10);
        item.put("status", "QUEUED");
        item.put("progress_percentage", 40);
        item.put("retry_count", 1);
        item.put("max_retries", 2);
        item.put("steps", Map.of());
        item.put("required", true);
        item.put("source", SOURCE);
        item.put("fence", 3);
        item.put("crashes", 0);
        item.put("created_at", "2026-01-14T10:00:00.000Z");
        item.put("updated_at", "2026-01-14T10:00:00.000Z");
        item.putAll(more);
        items.put(jobs.key(ID), item);
    }

    private Map<String, Object> waiting() {
        return Map.of(
                "status", "QUEUED",
                "ready", "ready#10#0",
                "lane", "lane",
                "due_at", "2026-01-14T10:00:00.000Z");
    }

    private Map<String, Object> dead() {
        Map<String, Object> dead = new HashMap<>();
        dead.put("status", "FAILED");
        dead.put("finished_at", "2026-01-14T10:20:00.000Z");
        dead.put("current_step", "convert");
        dead.put("error", Json.toMap(FAILURE));
        dead.put("steps", Map.of("probe", Json.toMap(done(1)), "convert", Json.toMap(failed(3))));
        return dead;
    }

    private static Map<String, Object> lease() {
        return Map.of("token", "t", "worker", "w/0", "beat", 5, "seconds", 30);
    }

    private Job held(Map<String, Object> more) {
        Map<String, Object> held = new HashMap<>(Map.of("status", "PROCESSING", "lease", lease(), "worker", "w/0"));
        held.putAll(more);
        job(held);
        return jobs.find(ID).orElseThrow();
    }

    private RunningJob claim(Map<String, Object> more) {
        return puppet.claim(held(more), "w/1").orElseThrow();
    }

    private RunningJob run(Map<String, Object> more) {
        RunningJob run = claim(more);
        items.taken();
        return run;
    }

    private RunningJob running() {
        return run(Map.of());
    }

    private JobEndPuppet step(RunningJob run, StepRecord recorded) {
        return new JobEndPuppet(run, "convert", recorded, clock);
    }

    private static StepRecord done(int attempt) {
        return new StepRecord(
                StepStatus.COMPLETED, attempt, "s", "f", Map.of("made", attempt), List.of(), "print", null);
    }

    private static StepRecord failed(int attempt) {
        return new StepRecord(StepStatus.FAILED, attempt, "s", "f", null, null, null, FAILURE);
    }

    private static SqsClient sqs() {
        return (SqsClient) Proxy.newProxyInstance(
                JobWritesTest.class.getClassLoader(),
                new Class<?>[] {SqsClient.class},
                (proxy, method, arguments) -> method.getName().equals("getQueueUrl")
                        ? GetQueueUrlResponse.builder().queueUrl("url").build()
                        : null);
    }

    /** {@code probe}, then {@code convert}. */
    private static final class TwoSteps implements Pipelines {
        @Override
        public Set<String> names() {
            return Set.of("standardize", "preview");
        }

        @Override
        public boolean encodes(String pipeline) {
            return false;
        }

        @Override
        public Priority priority(String pipeline) {
            return Priority.NORMAL;
        }

        @Override
        public PipelineVersion version(String pipeline) {
            return new PipelineVersion() {
                @Override
                public String route() {
                    return pipeline;
                }

                @Override
                public Map<String, Object> parameters(String step, Map<String, Object> given) {
                    return given;
                }

                @Override
                public double before(String step) {
                    return step.equals("convert") ? 0.5 : 0;
                }

                @Override
                public double share(String step) {
                    return 0.5;
                }
            };
        }

        @Override
        public void check(String pipeline, Map<String, Object> parameters, String startFrom) {}

        @Override
        public List<String> before(String pipeline, String step) {
            return step.equals("convert") ? List.of("probe") : List.of();
        }

        @Override
        public ResumePlan plan(Job job, Map<String, Object> parameters, String from) {
            return new ResumePlan(List.of(
                    new ResumePlan.Step(
                            "probe",
                            ResumePlan.START.equals(from) ? ResumePlan.Action.RUN : ResumePlan.Action.REUSE,
                            List.of(),
                            "as asked"),
                    new ResumePlan.Step("convert", ResumePlan.Action.RUN, List.of(), "it failed")));
        }
    }
}
