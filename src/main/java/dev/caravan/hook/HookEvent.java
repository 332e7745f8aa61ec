package dev.caravan.hook;

import java.util.Map;
import java.util.Optional;

/**
 * An event of an asset or a job that a route of an integrator may need.
 *
 * @param id the same at every delivery of the event
 * @param at ISO 8601, UTC
 */
record HookEvent(String id, Kind kind, String at, String assetId, String jobId) {

    /** The kind of an event. */
    enum Kind {
        ASSET_READY("asset.ready", "on-asset-ready"),
        ASSET_FAILED("asset.failed", "on-asset-failed"),
        DEAD_LETTER("job.dead-letter", "on-dead-letter");

        final String word;
        final String route;

        Kind(String word, String route) {
            this.word = word;
            this.route = route;
        }

        static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        /** Returns the endpoint that is called. */
        String uri() {
            return "direct:" + route;
        }
    }

    /** Writes the event as an item of the outbox, without the keys of any index. */
    Map<String, Object> item() {
        return Map.of("event", kind.word, "id", id, "at", at, "of_asset", assetId, "of_job", jobId);
    }

    /** Returns empty for a kind that this version does not know. */
    static Optional<HookEvent> of(Map<String, Object> item) {
        return Kind.of(String.valueOf(item.get("event")))
                .map(kind -> new HookEvent(
                        String.valueOf(item.get("id")),
                        kind,
                        String.valueOf(item.get("at")),
                        String.valueOf(item.get("of_asset")),
                        String.valueOf(item.get("of_job"))));
    }
}
