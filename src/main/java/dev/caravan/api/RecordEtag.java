package dev.caravan.api;

import dev.caravan.asset.Asset;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import java.util.stream.Stream;

/** The entity tag of an asset's record; it makes a change conditional on the version that the client has seen. */
final class RecordEtag {
    private RecordEtag() {}

    static String tag(Asset asset) {
        return "\"" + asset.revision() + "\"";
    }

    /**
     * @param expected the request's {@code If-Match}, or null if it has none
     * @throws ProblemException {@code STALE_REVISION}
     */
    static void check(Asset asset, String expected) {
        String tag = tag(asset);
        if (expected != null
                && !expected.strip().equals("*")
                && Stream.of(expected.split(",")).map(String::strip).noneMatch(tag::equals)) {
            throw new ProblemException(
                    ProblemCode.STALE_REVISION,
                    "The %s was changed meanwhile: it is at %s now, not at %s"
                            .formatted(asset.type().word(), tag, expected),
                    "GET it again and send its new ETag as If-Match.");
        }
    }
}
