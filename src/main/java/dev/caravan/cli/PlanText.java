package dev.caravan.cli;

import dev.caravan.durable.PipelinePlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats a plan for people. */
final class PlanText {
    private final PipelinePlan plan;
    private final StringBuilder text = new StringBuilder();

    private PlanText(PipelinePlan plan) {
        this.plan = plan;
    }

    static String of(PipelinePlan plan) {
        return new PlanText(plan).write();
    }

    private String write() {
        line("%s - %s", plan.pipeline(), plan.description());
        line(
                "Priority %s%s. Jobs start %s.",
                plan.priority(),
                plan.encodes() ? "; claimed together with a CPU slot" : "",
                plan.rate() == null ? "whenever there is a place" : limit(plan.rate()));
        for (int i = 0; i < plan.steps().size(); i++) {
            step(i + 1, plan.steps().get(i));
        }
        rules();
        return text.toString();
    }

    private void step(int number, PipelinePlan.Step step) {
        line("");
        line("%d. %s  (%s, %s %% of the progress)", number, step.id(), step.kamelet(), number(step.progressPercent()));
        if (!step.parameters().isEmpty()) {
            line("   with       %s", parameters(step.parameters()));
        }
        if (step.slot()) {
            line("   CPU slot   %s", step.encodes() ? "held; this step encodes" : "held; a later step encodes");
        }
        if (step.ffmpeg() != null) {
            line(
                    "   FFmpeg     ended after %s without progress, or after %s (%d times the duration of longer media)",
                    seconds(step.ffmpeg().stallSeconds()),
                    seconds(step.ffmpeg().timeoutSeconds()),
                    step.ffmpeg().timesDuration());
        }
        step.providers().forEach(limit -> line("   provider   %s is called %s", limit.provider(), limit(limit)));
        retry(step.retry());
    }

    private void retry(PipelinePlan.Retry retry) {
        if (retry.attempts() == 1) {
            line("   on failure a dead letter at once: 1 attempt");
            return;
        }
        line(
                "   on failure %d attempts in all, %s of waiting at most",
                retry.attempts(), seconds(retry.maxWaitSeconds()));
        for (PipelinePlan.Wait wait : retry.waits()) {
            line(
                    "              after attempt %d  wait %s%s",
                    wait.afterAttempt(),
                    range(wait),
                    wait.givesPlaceBack() ? ", the place is given back" : ", in place");
        }
        if (retry.totalTimeSeconds() != null) {
            line(
                    "              none starts later than %s after the first; then a dead letter",
                    seconds(retry.totalTimeSeconds()));
        }
        line(
                "              %s",
                retry.retryAfter()
                        ? "a Retry-After of the other side replaces the wait"
                        : "a Retry-After of the other side is ignored");
    }

    private void rules() {
        PipelinePlan.Rules rules = plan.rules();
        line("");
        line(
                "In all %s of waiting at most, where every step fails as often as it may.",
                seconds(plan.maxWaitSeconds()));
        line("");
        rows(List.of(
                "transient failure|tried again as above; out of attempts: a dead letter. Waits over %s give the place back"
                        .formatted(seconds(rules.placeGivenBackOverSeconds())),
                "permanent failure|a dead letter at once (wrong input or parameters: another try would not help)",
                "nothing to do|the step is skipped, the job goes on",
                "fault of ours|no attempt counted; given back, due again after %s (stores, disk, a worker that stops)"
                        .formatted(seconds(rules.oursPauseSeconds())),
                "limit of rate|no attempt counted; given back until it is the job's turn",
                "Retry-After|at most %s are believed".formatted(seconds(rules.longestRetryAfterSeconds())),
                "worker dies|%s after its last heartbeat another goes on at the step; after the second death it waits longer each time and runs alone on its worker; the %s death makes a dead letter"
                        .formatted(seconds(rules.leaseSeconds()), ordinal(rules.deathsOfWorker()))));
    }

    private void rows(List<String> rows) {
        rows.forEach(row -> line("%-18s %s", (Object[]) row.split("\\|", 2)));
    }

    private static String ordinal(int number) {
        return number == 3 ? "third" : number + ".";
    }

    private static String limit(PipelinePlan.Limit limit) {
        return "at most %d times in any %s".formatted(limit.max(), seconds(limit.perSeconds()));
    }

    private static String range(PipelinePlan.Wait wait) {
        return wait.minSeconds() == wait.maxSeconds()
                ? seconds(wait.maxSeconds())
                : number(wait.minSeconds()) + " to " + seconds(wait.maxSeconds());
    }

    private static String parameters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String seconds(double seconds) {
        return number(seconds) + " s";
    }

    /** Leaves out trailing zeros. */
    private static String number(double number) {
        return number == Math.rint(number)
                ? String.valueOf((long) number)
                : String.format(Locale.ROOT, "%.3f", number).replaceFirst("0+$", "");
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values).stripTrailing()).append(System.lineSeparator());
    }
}
