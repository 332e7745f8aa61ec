package dev.caravan.stream;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the conditions of a request, in the order of
 * <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, 13.2.2</a>.
 *
 * @param headers of the request
 * @param tag the file's strong entity tag, in quotes
 * @param modified when the file was last modified, whole seconds; empty if that is not certain
 */
record Preconditions(MultiMap headers, String tag, Optional<Instant> modified) {
    private static final Pattern TAG =
            Pattern.compile("\\s*+(?:(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\"))?+\\s*+(?:,|$)");

    /** The result of the conditions. */
    enum Verdict {
        GO_ON,
        NOT_MODIFIED,
        FAILED
    }

    Verdict verdict() {
        if (headers.contains(HttpHeaders.IF_MATCH)) {
            if (!lists(HttpHeaders.IF_MATCH, false)) {
                return Verdict.FAILED;
            }
        } else if (before("If-Unmodified-Since")) {
            return Verdict.FAILED;
        }
        if (headers.contains(HttpHeaders.IF_NONE_MATCH)) {
            return lists(HttpHeaders.IF_NONE_MATCH, true) ? Verdict.NOT_MODIFIED : Verdict.GO_ON;
        }
        boolean unmodified = date(headers.get(HttpHeaders.IF_MODIFIED_SINCE))
                .flatMap(since -> modified.map(last -> !last.isAfter(since)))
                .orElse(false);
        return unmodified ? Verdict.NOT_MODIFIED : Verdict.GO_ON;
    }

    /** Says whether {@code Range} counts: {@code If-Range} is absent, or names the current file. */
    boolean rangeCounts() {
        List<String> conditions = headers.getAll("If-Range");
        if (conditions.isEmpty()) {
            return true;
        }
        String condition = conditions.get(0).strip();
        return conditions.size() == 1
                && (condition.equals(tag)
                        || date(condition)
                                .filter(modified.orElse(Instant.MIN)::equals)
                                .isPresent());
    }

    /** Says whether the header names the file's tag, or any by {@code *}. A malformed list names nothing after its fault. */
    private boolean lists(CharSequence name, boolean weak) {
        String list = String.join(",", headers.getAll(name));
        if (list.strip().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(list);
        for (int at = 0; at < list.length() && tags.region(at, list.length()).lookingAt(); at = tags.end()) {
            if (tag.equals(tags.group(2)) && (weak || tags.group(1) == null)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether the header names a time before the last change. */
    private boolean before(CharSequence name) {
        return date(headers.get(name))
                .flatMap(since -> modified.map(last -> last.isAfter(since)))
                .orElse(false);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.ofNullable(text)
                    .map(date -> ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
