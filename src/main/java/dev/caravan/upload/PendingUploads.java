package dev.caravan.upload;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Holds received uploads until their route takes them, by ids that no client can guess. */
final class PendingUploads {
    /** The request header that carries the id; a client's own value is overwritten. */
    static final String HEADER = "X-Caravan-Upload";

    private final Map<String, ReceivedUpload> waiting = new ConcurrentHashMap<>();

    String add(ReceivedUpload received) {
        String id = UUID.randomUUID().toString();
        waiting.put(id, received);
        return id;
    }

    /** Returns the upload; from now on the caller must close it. */
    Optional<ReceivedUpload> take(String id) {
        return Optional.ofNullable(id == null ? null : waiting.remove(id));
    }
}
