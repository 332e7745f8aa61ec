package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes and checks the token that confirms a purge: it says which request was confirmed, and when. It is no access control;
 * it ensures that the purge is the one that was counted, and that it leaves out jobs that came later.
 */
public final class PurgeConfirmation {
    static final Duration GOOD_FOR = Duration.ofHours(1);

    private final Clock clock;

    public PurgeConfirmation(Clock clock) {
        this.clock = clock;
    }

    /** @param question all fields of the request */
    public String of(Map<String, ?> question, Instant asked) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((asked.toEpochMilli() + "|" + hash(question)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The time of the request that the token confirms.
     *
     * @throws Refusal {@code INVALID_CONFIRMATION}
     */
    public Instant asked(Map<String, ?> question, String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\\|");
            Instant asked = Instant.ofEpochMilli(Long.parseLong(parts[0]));
            Duration age = Duration.between(asked, clock.instant());
            if (parts.length == 2 && parts[1].equals(hash(question)) && age.compareTo(GOOD_FOR) <= 0) {
                return asked;
            }
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        throw refused();
    }

    private static Refusal refused() {
        return new Refusal(
                "INVALID_CONFIRMATION",
                "This confirmation is not of this purge, or older than an hour",
                "Send the same filter without confirm: the answer says how many jobs it means, and how to confirm it.");
    }

    private static String hash(Map<String, ?> question) {
        return DigestUtils.sha256Hex(Json.text(question)).substring(0, 16);
    }
}
