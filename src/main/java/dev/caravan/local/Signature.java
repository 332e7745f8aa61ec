package dev.caravan.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Decides whether a request to an embedded server comes from a program that has Caravan's keys: signed with AWS Signature
 * Version 4 (AWS General Reference, "Create a signed AWS API request"), for a name of this machine, and not from a web page.
 * The key id alone proves nothing, because each presigned URL contains it.
 */
final class Signature {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/, ]{1,128})/(\\d{8})/([a-z0-9-]{1,64})/([a-z0-9-]{1,64})/aws4_request, ?"
                    + "SignedHeaders=([a-z0-9;-]{1,1024}), ?Signature=([0-9a-f]{64})");
    private static final Pattern HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");
    private static final Set<String> OWN_SITES = Set.of("none", "same-origin");
    private static final String ALGORITHM = "HmacSHA256";

    private final Credentials credentials;

    Signature(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * A request as received.
     *
     * @param path as in the request line, without the query
     * @param query as in the request line; empty where there is none
     * @param header finds the value of a header by its name in lower case; commas separate values of the same name
     */
    record Signed(String method, String path, String query, Function<String, String> header, byte[] body) {
        Optional<String> find(String name) {
            return Optional.ofNullable(header.apply(name));
        }
    }

    /** Returns the reason to refuse a request; empty where there is none. */
    Optional<String> refuses(Signed request) {
        if (request.find("origin").isPresent()
                || request.find("sec-fetch-site")
                        .filter(site -> !OWN_SITES.contains(site))
                        .isPresent()) {
            return Optional.of("Web pages are not answered here.");
        }
        if (!HOST.matcher(request.find("host").orElse("").toLowerCase(Locale.ROOT))
                .matches()) {
            return Optional.of("Requests to this host are not answered here. Use 127.0.0.1 or localhost.");
        }
        return isOurs(request)
                ? Optional.empty()
                : Optional.of("The request is not signed with the keys in credentials.json of the data folder.");
    }

    private boolean isOurs(Signed request) {
        Matcher parts = AUTHORIZATION.matcher(request.find("authorization").orElse(""));
        if (!parts.matches()
                || !parts.group(1).equals(credentials.accessKey())
                || !Arrays.asList(parts.group(5).split(";")).contains("host")) {
            return false;
        }
        String scope = String.join("/", parts.group(2), parts.group(3), parts.group(4), "aws4_request");
        String text = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.find("x-amz-date").orElse(""),
                scope,
                DigestUtils.sha256Hex(canonical(request, parts.group(5)).getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return MessageDigest.isEqual(hmac(key, text), HexFormat.of().parseHex(parts.group(6)));
    }

    /** The paths of these servers contain nothing that needs encoding. */
    private static String canonical(Signed request, String signedHeaders) {
        Stream<String> headers = Stream.of(signedHeaders.split(";"))
                .map(name -> name + ":" + request.find(name).orElse("").strip().replaceAll(" +", " ") + "\n");
        return String.join(
                "\n",
                request.method(),
                request.path(),
                Stream.of(request.query().split("&")).sorted().collect(Collectors.joining("&")),
                headers.collect(Collectors.joining()),
                signedHeaders,
                DigestUtils.sha256Hex(request.body()));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
