package dev.caravan.upload;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Uploads that have come in and wait for their route to take them, by ids that nobody can guess. */
final class PendingUploads {
    /** The request header that carries the id; whatever a client writes there is overwritten. */
    static final String HEADER = "X-Caravan-Upload";

    private final Map<String, ReceivedUpload> waiting = new ConcurrentHashMap<>();

    String add(ReceivedUpload received) {
        String id = UUID.randomUUID().toString();
        waiting.put(id, received);
        return id;
    }

    /** The upload; from now on it is the caller's to close. */
    Optional<ReceivedUpload> take(String id) {
        return Optional.ofNullable(id == null ? null : waiting.remove(id));
    }
}
