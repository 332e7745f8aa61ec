package dev.caravan.webhook;

import dev.caravan.failure.Refusal;
import dev.caravan.settings.InvalidSetting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of one sender's signatures - of systems that call Caravan, or of Caravan: several, while one replaces
 * another.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public final class Secrets {
    /** Largest difference between the sender's timestamp and the present, for clocks and the time of transfer. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> keys = new ArrayList<>();

    /**
     * @param setting that holds them
     * @param texts in base64, with or without {@code whsec_} in front
     * @throws InvalidSetting which does not quote them
     */
    public Secrets(String setting, List<String> texts) {
        for (String text : texts) {
            keys.add(key(setting, text));
        }
    }

    private static byte[] key(String setting, String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(setting, "(a secret)", "it must be base64 behind " + PREFIX);
        }
        throw new InvalidSetting(setting, "(a secret)", "there is nothing behind " + PREFIX);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Returns the headers of a message that Caravan sends; signed with each of the secrets, and not at all without one.
     *
     * @param id the same each time this message is sent
     * @param body every byte of it, as it goes out
     * @param others further headers
     */
    public Map<String, String> headers(String id, Instant now, byte[] body, Map<String, String> others) {
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>(others);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        if (!keys.isEmpty()) {
            headers.put(
                    "webhook-signature",
                    keys.stream()
                            .map(key -> VERSION + sign(key, id, timestamp, body))
                            .collect(Collectors.joining(" ")));
        }
        return headers;
    }

    /**
     * Refuses a message that was not signed with one of the secrets within the last minutes.
     *
     * @param id header {@code webhook-id}
     * @param timestamp header {@code webhook-timestamp}, seconds since 1970
     * @param signatures header {@code webhook-signature}: one or more, with spaces between
     * @param body every byte of it, as received
     * @throws Refusal {@code INVALID_SIGNATURE}
     */
    public void verify(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id == null || id.isBlank() || timestamp == null || signatures == null) {
            throw refused(
                    "A webhook carries webhook-id, webhook-timestamp and webhook-signature; this request does not");
        }
        if (Duration.between(sent(timestamp), now).abs().compareTo(TOLERANCE) > 0) {
            throw refused("It was signed more than %d minutes ago, or will be".formatted(TOLERANCE.toMinutes()));
        }
        boolean good = false;
        for (String signature : signatures.strip().split(" +")) {
            for (byte[] key : keys) {
                good |= signature.startsWith(VERSION)
                        && MessageDigest.isEqual(
                                signature.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8),
                                sign(key, id, timestamp, body).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!good) {
            throw refused("None of its signatures is one of these bytes with a secret that is known here");
        }
    }

    private static Instant sent(String timestamp) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(timestamp.strip()));
        } catch (NumberFormatException | DateTimeException e) {
            throw refused("Its webhook-timestamp is no number of seconds since 1970");
        }
    }

    /** Returns the signature of a message, in base64. */
    static String sign(byte[] key, String id, String timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static Refusal refused(String why) {
        return new Refusal(
                "INVALID_SIGNATURE",
                why,
                "Set the signing secret of the sender here, and this machine's clock; bodies must come unchanged.");
    }
}
