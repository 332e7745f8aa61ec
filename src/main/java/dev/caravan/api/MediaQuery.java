package dev.caravan.api;

import dev.caravan.asset.AssetType;
import dev.caravan.asset.Tags;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conditions of a search for assets. Every condition must hold; null stands for none.
 *
 * @param type as {@link AssetType#word} returns it
 * @param name beginning of the name, in any case
 * @param after the entry after which to continue, or null for the newest
 */
record MediaQuery(
        String type, List<String> statuses, String owner, String tag, String name, int limit, Position after) {

    /**
     * @param words allowed values of {@code status}, in lower case, with their statuses
     * @throws ProblemException {@code INVALID_LIMIT}, {@code INVALID_STATUS}, {@code INVALID_SEARCH}, {@code INVALID_CURSOR}
     */
    static MediaQuery of(QueryString query, Map<String, String> words) {
        return new MediaQuery(
                query.find("type").map(MediaQuery::type).orElse(null),
                ListQuery.statuses(query, words),
                query.find("owner").orElse(null),
                query.find("tag").map(Tags::form).orElse(null),
                query.find("name").orElse(null),
                ListQuery.limit(query),
                query.find("cursor").map(Position::of).orElse(null));
    }

    private static String type(String word) {
        if (Stream.of(AssetType.values()).map(AssetType::word).anyMatch(word::equals)) {
            return word;
        }
        throw new ProblemException(
                ProblemCode.INVALID_SEARCH,
                "There is no type " + word,
                "Use one of "
                        + Stream.of(AssetType.values()).map(AssetType::word).collect(Collectors.joining(", "))
                        + ", or leave it away for all.");
    }
}
