package dev.caravan.durable;

import dev.caravan.failure.Failure;

/** The sentences with which the log tells of a dead letter: the cause, the child's own words, the advice, where to read on. */
final class Obituary {
    private Obituary() {}

    static String of(Failure failure, String jobId) {
        StringBuilder text = new StringBuilder(sentence(failure.toString()));
        if (!failure.complaint().isEmpty()) {
            text.append(" Its last words: ").append(sentence(failure.complaint()));
        }
        if (failure.advice() != null) {
            text.append(" Advice: ").append(sentence(failure.advice()));
        }
        return text.append(" More: ./caravan jobs show ").append(jobId).toString();
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.!?]\\s*") ? text.strip() : text + ".";
    }
}
