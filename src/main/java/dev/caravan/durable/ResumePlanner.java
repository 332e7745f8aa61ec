package dev.caravan.durable;

import dev.caravan.job.Job;
import dev.caravan.job.ResumePlan;
import dev.caravan.job.StepRecord;
import dev.caravan.job.StepStatus;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StepDefinition;

/**
 * Says beforehand what a run of a job will do of each step: compares the fingerprints in its record with those that its
 * pipeline gives now, without running anything.
 */
final class ResumePlanner {
    private final List<Planned> steps = new ArrayList<>();

    private record Planned(String id, Fingerprint fingerprint) {}

    ResumePlanner(CamelContext context, RouteDefinition route) {
        route.getOutputs().stream()
                .map(StepDefinition.class::cast)
                .forEach(step -> steps.add(new Planned(step.getId(), new Fingerprint(context, step))));
    }

    Fingerprint fingerprint(String step) {
        return steps.stream()
                .filter(planned -> planned.id().equals(step))
                .findFirst()
                .map(Planned::fingerprint)
                .orElseThrow();
    }

    /** Computes now what is otherwise read when it is first needed: afterwards the files may change. */
    void settle() {
        steps.forEach(planned -> planned.fingerprint().definition());
    }

    /**
     * @param parameters by step: what the job gives it
     * @param from {@code failed}, {@code start} or the id of a step; that step and those after it run in any case
     */
    ResumePlan plan(Job job, Function<String, Map<String, Object>> parameters, String from) {
        Walk walk = new Walk(job, parameters, from);
        steps.forEach(walk::pass);
        walk.passGone();
        return new ResumePlan(List.copyOf(walk.plan));
    }

    /** What flows along the pipeline, as far as it is known: up to the first step that runs. */
    private final class Walk {
        private final Job job;
        private final Function<String, Map<String, Object>> parameters;
        private final String from;
        private final List<ResumePlan.Step> plan = new ArrayList<>();
        private final Map<String, Object> variables = new LinkedHashMap<>();
        private MediaFile file;
        private boolean asked;
        private String runsAgain;

        Walk(Job job, Function<String, Map<String, Object>> parameters, String from) {
            this.job = job;
            this.parameters = parameters;
            this.from = from;
            this.file = job.source();
            this.asked = ResumePlan.START.equals(from);
        }

        void pass(Planned step) {
            asked |= step.id().equals(from);
            Optional<StepRecord> record = job.step(step.id());
            if (record.isEmpty()) {
                boolean late = neverSeen(step.id());
                run(
                        step.id(),
                        late ? ResumePlan.Action.NEW : ResumePlan.Action.RUN,
                        List.of(),
                        late ? "The pipeline has it only since" : "The job did not get there");
            } else if (asked) {
                run(step.id(), ResumePlan.Action.RUN, List.of(), "Asked for");
            } else if (!record.get().done()) {
                boolean failed = record.get().status() == StepStatus.FAILED;
                run(step.id(), ResumePlan.Action.RUN, List.of(), failed ? "It failed" : "It did not finish");
            } else {
                passDone(step, record.get());
            }
        }

        private void passDone(Planned step, StepRecord record) {
            StepFingerprint now = step.fingerprint().of(parameters.apply(step.id()), variables, file);
            List<String> changed =
                    runsAgain == null ? now.changed(record.fingerprint()) : now.changedOwn(record.fingerprint());
            if (!changed.isEmpty()) {
                run(step.id(), ResumePlan.Action.RUN, changed, "Changed since: " + String.join(", ", changed));
            } else if (runsAgain != null) {
                run(
                        step.id(),
                        ResumePlan.Action.RUN,
                        List.of("input"),
                        "Unless %s comes to the same result as before".formatted(runsAgain));
            } else {
                plan.add(new ResumePlan.Step(step.id(), ResumePlan.Action.REUSE, List.of(), "Its result holds"));
                learn(record.outputs());
            }
        }

        private void run(String step, ResumePlan.Action action, List<String> changed, String why) {
            plan.add(new ResumePlan.Step(step, action, changed, why));
            runsAgain = runsAgain == null ? step : runsAgain;
        }

        private void learn(Map<String, Object> outputs) {
            Optional.ofNullable(Snapshot.file(outputs)).ifPresent(made -> file = made);
            variables.putAll(Snapshot.variables(outputs));
        }

        /** A step without a record in front of one that has one was put in since. */
        private boolean neverSeen(String step) {
            return steps.stream()
                    .map(Planned::id)
                    .dropWhile(id -> !id.equals(step))
                    .anyMatch(id -> job.step(id).isPresent());
        }

        void passGone() {
            List<String> known = steps.stream().map(Planned::id).toList();
            Optional.ofNullable(job.steps()).orElse(Map.of()).keySet().stream()
                    .filter(id -> !known.contains(id))
                    .sorted()
                    .forEach(id -> plan.add(new ResumePlan.Step(
                            id, ResumePlan.Action.GONE, List.of(), "The pipeline does not have it any more")));
        }
    }
}
