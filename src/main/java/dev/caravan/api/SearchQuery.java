package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.NameKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The conditions of a search for jobs. Every condition must hold; null stands for none.
 *
 * @param id of the job
 * @param text id of the job, or beginning of its file's name
 * @param filename the whole name
 * @param statuses one or more
 * @param cursor as the page before gave it
 */
record SearchQuery(
        String id,
        String text,
        String filename,
        String assetId,
        String pipeline,
        String owner,
        String step,
        String errorCode,
        List<String> statuses,
        TimeRange created,
        TimeOrder order,
        int limit,
        String cursor) {

    /**
     * @param words allowed values of {@code status}, in lower case, with their statuses
     * @throws ProblemException {@code INVALID_LIMIT}, {@code INVALID_STATUS}, {@code INVALID_TIME}, {@code INVALID_SEARCH}
     */
    static SearchQuery of(QueryString query, Map<String, String> words) {
        return new SearchQuery(
                query.find("id").orElse(null),
                text(query),
                query.find("filename").orElse(null),
                query.find("asset_id").orElse(null),
                query.find("pipeline").orElse(null),
                query.find("owner").orElse(null),
                query.find("step").orElse(null),
                query.find("error_code")
                        .map(code -> code.toUpperCase(Locale.ROOT))
                        .orElse(null),
                ListQuery.statuses(query, words),
                created(query),
                order(query),
                ListQuery.limit(query),
                query.find("cursor").orElse(null));
    }

    private static String text(QueryString query) {
        String text = query.find("q").orElse(null);
        if (text == null) {
            return null;
        }
        if (text.codePointCount(0, text.length()) < NameKey.START) {
            throw invalid(
                    "One character is too little to search for",
                    "Give two characters of the file's name or more, or the job's id.");
        }
        if (query.find("filename").isPresent()) {
            throw invalid(
                    "q and filename look for two names at once",
                    "Give the beginning of the name in q, or the whole of it in filename.");
        }
        return text;
    }

    private static TimeRange created(QueryString query) {
        TimeRange range = new TimeRange(
                query.find("created_since").map(QueryTime::first).orElse(null),
                query.find("created_until").map(QueryTime::last).orElse(null));
        if (range.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_TIME,
                    "created_until comes before created_since",
                    "Give the earlier of the two in created_since.");
        }
        return range;
    }

    private static TimeOrder order(QueryString query) {
        return switch (query.find("order").orElse("desc").toLowerCase(Locale.ROOT)) {
            case "desc" -> TimeOrder.NEWEST_FIRST;
            case "asc" -> TimeOrder.OLDEST_FIRST;
            default -> throw invalid("There is no such order", "Use desc for the newest first, or asc for the oldest.");
        };
    }

    private static ProblemException invalid(String detail, String advice) {
        return new ProblemException(ProblemCode.INVALID_SEARCH, detail, advice);
    }
}
