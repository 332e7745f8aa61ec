package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetStatus;
import dev.caravan.control.RetryRequest;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.Refusal;
import dev.caravan.failure.StepException;
import dev.caravan.job.Counters;
import dev.caravan.job.Job;
import dev.caravan.job.JobCount;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Priority;
import dev.caravan.job.ResumePlan;
import dev.caravan.records.Items;
import dev.caravan.work.Puppet;
import dev.caravan.work.RunningJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Random sequences of what can befall jobs - claims from a stale index, checkpoints, crashes, retries, cancels, writes that
 * come too late - against {@link JobModel}, on tables that answer as a cloud does on a bad day.
 */
class JobStateMachineIT {
    private static TestCaravan caravan;
    private static Puppet puppet;

    /** One thing that happens to one of the jobs, on the strength of something that was seen once. */
    record Move(Kind kind, int job, int view) {}

    enum Kind {
        CLAIM,
        BEAT,
        ATTEMPT_FAILS,
        STEP_DONE,
        FAIL,
        POSTPONE,
        GIVE_BACK,
        TAKE_BACK,
        CANCEL,
        RETRY,
        DELETE
    }

    @BeforeContainer
    static void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.ENGINE_ONLY);
        changes.put("caravan.roles", "");
        caravan = TestCaravan.prepare(changes);
        caravan.through(new HostileCloud(20)::around);
        caravan.start();
        Wiring wiring = caravan.wiring();
        puppet = new Puppet(wiring.wired.runTransitions, wiring.jobs, wiring.endings, wiring.catalog);
    }

    @AfterContainer
    static void stop() {
        caravan.close();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(8, Kind.CLAIM),
                Tuple.of(2, Kind.BEAT),
                Tuple.of(3, Kind.ATTEMPT_FAILS),
                Tuple.of(8, Kind.STEP_DONE),
                Tuple.of(1, Kind.FAIL),
                Tuple.of(2, Kind.POSTPONE),
                Tuple.of(2, Kind.GIVE_BACK),
                Tuple.of(4, Kind.TAKE_BACK),
                Tuple.of(2, Kind.CANCEL),
                Tuple.of(3, Kind.RETRY),
                Tuple.of(1, Kind.DELETE));
        // The newest view or run most of the time, an older one now and then.
        Arbitrary<Integer> views = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 5)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 1), views)
                .as(Move::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(40);
    }

    @Property(tries = 60, seed = "20", shrinking = ShrinkingMode.BOUNDED)
    @Label("whatever happens in whatever order, a job is what its model says")
    void jobs_are_what_their_model_says(@ForAll("moves") List<Move> moves) {
        Counters.Totals before = caravan.wiring().counts.read();
        List<JobModel> models = List.of(accept(), accept());
        models.forEach(JobStateMachineIT::check);
        for (Move move : moves) {
            JobModel model = models.get(move.job());
            play(move, model);
            check(model);
        }
        countsHold(models, before, caravan.wiring().counts.read());
    }

    /** Assets by status and jobs by how they stand, exactly: also after writes that were tried again. */
    private static void countsHold(List<JobModel> models, Counters.Totals before, Counters.Totals now) {
        for (AssetStatus status : AssetStatus.values()) {
            String field = "video_" + status.word();
            long counted =
                    now.assets().getOrDefault(field, 0L) - before.assets().getOrDefault(field, 0L);
            assertThat(counted).as(field).isEqualTo(number(models, model -> model.assetStatus() == status));
        }
        PipelineAndPriority kind = new PipelineAndPriority("three-acts", Priority.NORMAL);
        JobCount was = before.jobs().getOrDefault(kind, JobCount.NONE);
        JobCount is = now.jobs().getOrDefault(kind, JobCount.NONE);
        assertThat(new JobCount(
                        is.open() - was.open(),
                        is.completed() - was.completed(),
                        is.failed() - was.failed(),
                        is.cancelled() - was.cancelled()))
                .isEqualTo(new JobCount(
                        number(models, model -> !model.ended()),
                        number(models, model -> model.status() == JobStatus.COMPLETED),
                        number(models, model -> model.status() == JobStatus.FAILED),
                        number(models, model -> model.status() == JobStatus.CANCELLED)));
    }

    private static long number(List<JobModel> models, Predicate<JobModel> which) {
        return models.stream().filter(which).count();
    }

    private static JobModel accept() {
        while (true) {
            try {
                String jobId = caravan.submit("three-acts");
                return new JobModel(jobId, caravan.job(jobId).assetId());
            } catch (AwsServiceException hostile) {
                // Nothing was accepted.
            }
        }
    }

    private static void play(Move move, JobModel model) {
        switch (move.kind()) {
            case CLAIM -> claim(model, view(model, move.view()));
            case TAKE_BACK -> takeBack(model, view(model, move.view()));
            case CANCEL -> cancel(model);
            case RETRY -> retry(model);
            case DELETE -> delete(model);
            default -> write(move, model);
        }
    }

    private static void claim(JobModel model, Job view) {
        boolean possible = model.waits(view);
        unlessDown(() -> {
            Optional<RunningJob> run = puppet.claim(view, "worker/x/" + model.runs.size());
            assertThat(run.isPresent()).as("claimed").isEqualTo(possible);
            run.ifPresent(model::claimed);
        });
    }

    private static void takeBack(JobModel model, Job view) {
        if (view.lease() == null || view.crashes() >= 2) {
            return;
        }
        Job now = caravan.job(model.jobId);
        boolean possible =
                model.held(view) && now.lease().beat() == view.lease().beat();
        unlessDown(() -> {
            assertThat(puppet.takeBack(view)).as("taken back").isEqualTo(possible);
            if (possible) {
                model.takenBack();
            }
        });
    }

    private static void cancel(JobModel model) {
        boolean possible = !model.ended();
        unlessDown(() -> {
            assertThat(caravan.wiring().cancellation.cancel(model.jobId, "a test"))
                    .isEqualTo(possible);
            if (possible) {
                model.cancelled();
            }
        });
    }

    private static void retry(JobModel model) {
        boolean possible = model.ended() && !model.deleted();
        unlessDown(() -> {
            try {
                caravan.wiring()
                        .steering
                        .retry
                        .retry(model.jobId, new RetryRequest(ResumePlan.START, null, null, null));
                assertThat(possible).as("retried").isTrue();
                model.retried();
            } catch (Refusal refused) {
                assertThat(possible).as(refused.getMessage()).isFalse();
            }
        });
    }

    private static void delete(JobModel model) {
        while (true) {
            try {
                caravan.wiring().deletion.delete(model.assetId);
                break;
            } catch (AwsServiceException | StepException again) {
                // It says: call again.
            }
        }
        if (!model.deleted()) {
            model.assetDeleted();
        }
    }

    /** A run writes: whoever holds the job may, everybody else is refused and changes nothing. */
    private static void write(Move move, JobModel model) {
        if (model.runs.isEmpty()) {
            return;
        }
        RunningJob run = model.runs.get(Math.max(0, model.runs.size() - 1 - move.view()));
        String step = model.next() == null ? "third" : model.next();
        int attempt = model.next() == null ? 1 : model.nextAttempt();
        boolean last = step.equals("third");
        Consumer<JobModel> then =
                switch (move.kind()) {
                    case BEAT -> nothing -> {};
                    case ATTEMPT_FAILS -> JobModel::attemptFailed;
                    case STEP_DONE -> last ? JobModel::completed : JobModel::checkpoint;
                    case FAIL -> JobModel::failed;
                    case POSTPONE -> JobModel::postponed;
                    default -> JobModel::givenBack;
                };
        Runnable act =
                switch (move.kind()) {
                    case BEAT -> () -> puppet.beat(run);
                    case ATTEMPT_FAILS -> () -> puppet.attemptFails(run, step, attempt);
                    case STEP_DONE ->
                        last
                                ? () -> puppet.complete(run, step, attempt)
                                : () -> puppet.checkpoint(
                                        run, step, attempt, JobModel.STEPS.get(JobModel.STEPS.indexOf(step) + 1));
                    case FAIL -> () -> puppet.fail(run, step, attempt);
                    case POSTPONE -> () -> puppet.postpone(run, step, attempt);
                    default -> () -> puppet.giveBack(run);
                };
        boolean possible = model.holds(run);
        unlessDown(() -> {
            assertThat(isTaken(act)).as("the write counts").isEqualTo(possible);
            if (possible) {
                then.accept(model);
            }
        });
    }

    /** False where the fence refused it. */
    private static boolean isTaken(Runnable write) {
        try {
            write.run();
            return true;
        } catch (StepException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.FENCED);
            return false;
        }
    }

    /** A 503 is no answer; then nothing happened. */
    private static void unlessDown(Runnable act) {
        try {
            act.run();
        } catch (AwsServiceException down) {
            assertThat(down.getMessage()).contains("hostile");
        }
    }

    private static Job view(JobModel model, int back) {
        return model.seen.get(Math.max(0, model.seen.size() - 1 - back));
    }

    private static void check(JobModel model) {
        Job job = caravan.job(model.jobId);
        model.seen.add(job);
        model.holdsFor(job, history(model.jobId), caravan.asset(model.assetId));
        model.holdsFor(caravan.records()
                .get(caravan.tables().jobs(), Jobs.key(model.jobId))
                .orElseThrow());
    }

    private static List<String> history(String jobId) {
        List<String> events = new ArrayList<>();
        caravan.wiring()
                .records
                .query(QueryRequest.builder()
                        .tableName(caravan.property("caravan.name") + "-jobs")
                        .keyConditionExpression("job_id = :job AND begins_with(#item, :history)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", jobId, ":history", "history#")))
                        .consistentRead(true)
                        .build())
                .items()
                .forEach(item -> events.add(item.get("event").s()));
        return events;
    }
}
