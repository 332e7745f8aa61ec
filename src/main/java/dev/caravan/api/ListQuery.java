package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a list that a query asks for.
 *
 * @param statuses index partitions to read
 * @param limit most entries to answer, 1 to 200
 * @param skip entries to leave out first, 0 to 10000
 * @param after the entry after which to continue, or null for the newest
 */
record ListQuery(Collection<String> statuses, int limit, int skip, Position after) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX = 200;
    static final int MAX_SKIPPED = 10_000;

    /**
     * @param partitions allowed values of {@code status}, in lower case, with their partitions
     * @throws ProblemException {@code INVALID_LIMIT}, {@code INVALID_SKIP}, {@code INVALID_STATUS}, {@code INVALID_CURSOR}
     */
    static ListQuery of(QueryString query, Map<String, String> partitions) {
        return new ListQuery(
                statuses(query, partitions),
                limit(query),
                number(query.find("skip"), 0, 0, MAX_SKIPPED, ProblemCode.INVALID_SKIP),
                query.find("cursor").map(Position::of).orElse(null));
    }

    /** Returns one or several statuses, separated by commas; all when the query names none. */
    static List<String> statuses(QueryString query, Map<String, String> partitions) {
        return query.find("status").stream()
                .flatMap(words -> Stream.of(words.split(",", -1)))
                .map(word -> partition(word.strip(), partitions))
                .distinct()
                .collect(Collectors.collectingAndThen(
                        Collectors.toList(),
                        asked -> asked.isEmpty()
                                ? partitions.values().stream().distinct().toList()
                                : asked));
    }

    static int limit(QueryString query) {
        return number(query.find("limit"), 1, DEFAULT_LIMIT, MAX, ProblemCode.INVALID_LIMIT);
    }

    private static String partition(String word, Map<String, String> partitions) {
        String partition = partitions.get(word.toLowerCase(Locale.ROOT));
        if (partition == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_STATUS,
                    "There is no status " + word,
                    "Use one of " + String.join(", ", partitions.keySet()) + ", or leave it away for all.");
        }
        return partition;
    }

    private static int number(Optional<String> text, int least, int otherwise, int most, ProblemCode code) {
        try {
            int number = text.map(Integer::valueOf).orElse(otherwise);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(text.orElse(""), least, most, code);
        }
        throw outOfRange(text.orElse(""), least, most, code);
    }

    private static ProblemException outOfRange(String text, int least, int most, ProblemCode code) {
        return new ProblemException(
                code,
                text + " is not a number from %d to %d".formatted(least, most),
                "Use a whole number from %d to %d.".formatted(least, most));
    }
}
