package dev.caravan.job;

import dev.caravan.failure.Failure;

/** Writes the log line of a dead letter: failed step, cause, the program's error output, advice, where to read more. */
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

    /** A file name comes from outside, so it must not start a second line in the log. */
    private static String filename(Job job) {
        String name = job.source() == null ? null : job.source().filename();
        return name == null ? "no file" : name.replaceAll("\\p{Cntrl}", " ");
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.!?]\\s*") ? text.strip() : text + ".";
    }
}
