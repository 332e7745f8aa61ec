package dev.caravan.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers objects that this process could not accept, so that each is logged once and not at every delivery and poll. */
public final class SkippedObjects {
    private static final int MAX = 10_000;

    private final Map<String, String> reasons = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX;
        }
    });

    /** Remembers the reason; returns whether it is new. */
    boolean add(String key, String reason) {
        return !reason.equals(reasons.put(key, reason));
    }

    /** Forgets an object that could be accepted after all. */
    void remove(String key) {
        reasons.remove(key);
    }

    boolean has(String key) {
        return reasons.containsKey(key);
    }
}
