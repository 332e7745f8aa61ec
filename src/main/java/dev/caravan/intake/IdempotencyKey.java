package dev.caravan.intake;

import dev.caravan.failure.Refusal;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An idempotency key: a client's name for a request, so that a repeated request is not carried out again.
 *
 * @param id a hash of the owner and the name
 * @param request a hash of the request's content: the same name must not stand for another request
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key header</a>
 */
public record IdempotencyKey(String id, String request) {
    private static final int MAX = 255;

    /**
     * @param name as the client gave it
     * @param request everything that distinguishes this request from others
     * @throws Refusal {@code INVALID_IDEMPOTENCY_KEY}
     */
    public static IdempotencyKey of(String owner, String name, String request) {
        if (name.isBlank() || name.length() > MAX) {
            throw new Refusal(
                    "INVALID_IDEMPOTENCY_KEY",
                    "The Idempotency-Key is empty or longer than 255 characters",
                    "Use a random UUID, a new one for each request that is not a repetition.");
        }
        return new IdempotencyKey(sha256(owner + "\n" + name), sha256(request));
    }

    private static String sha256(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
