package dev.caravan.job;

import dev.caravan.failure.Failure;

/** The log line of a dead letter: what failed, the cause, the child's own words, the advice, where to read on. */
public final class DeadLetterLog {
    private DeadLetterLog() {}

    /** @param attempts of the step that failed */
    public static String of(Job job, String step, int attempts, Failure failure) {
        StringBuilder text =
                new StringBuilder("job %s is a dead letter: %s of %s (asset %s) failed in step %s after %d attempt(s). "
                        .formatted(job.jobId(), job.pipeline(), filename(job), job.assetId(), step, attempts));
        text.append(sentence(failure.toString()));
        if (!failure.complaint().isEmpty()) {
            text.append(" Its last words: ").append(sentence(failure.complaint()));
        }
        if (failure.advice() != null) {
            text.append(" Advice: ").append(sentence(failure.advice()));
        }
        return text.append(" More: ./caravan jobs show ").append(job.jobId()).toString();
    }

    /** Names come from outside: none of them makes a second line. */
    private static String filename(Job job) {
        String name = job.source() == null ? null : job.source().filename();
        return name == null ? "no file" : name.replaceAll("\\p{Cntrl}", " ");
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.!?]\\s*") ? text.strip() : text + ".";
    }
}
