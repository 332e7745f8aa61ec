package dev.caravan.fetch;

import com.ibm.icu.text.IDNA;
import dev.caravan.failure.StepException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that may be fetched, judged by its text only. The text is read as browsers read it, and its host strictly: a host
 * that programs read differently ({@code 0177.1}, {@code 2130706433}) is refused. This value is checked and requested; the
 * text is not read a second time.
 *
 * @param host in ASCII, lower case; an IPv6 address without its brackets
 * @param path with its query, as it is sent
 */
public record FetchTarget(boolean tls, String host, int port, String path) {
    private static final int MAX = 8192;
    private static final int MAX_NAME = 255;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65535;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::(\\d{0,5}))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    /** "Domain to ASCII" of the URL Standard. */
    private static final IDNA UTS_46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    private static final Set<IDNA.Error> ALLOWED = EnumSet.of(
            IDNA.Error.EMPTY_LABEL,
            IDNA.Error.LABEL_TOO_LONG,
            IDNA.Error.DOMAIN_NAME_TOO_LONG,
            IDNA.Error.LEADING_HYPHEN,
            IDNA.Error.TRAILING_HYPHEN,
            IDNA.Error.HYPHEN_3_4);

    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** @throws StepException permanent {@code URL_INVALID} or {@code URL_REFUSED} */
    public static FetchTarget of(String url) {
        if (url == null || url.isBlank() || url.length() > MAX) {
            throw invalid("it has no characters, or more than " + MAX);
        }
        UrlText text = UrlText.of(url);
        if (text.scheme() == null && url.strip().contains(" ")) {
            throw invalid("it is text, and begins with no http:// or https://");
        }
        requireHttp(text.scheme());
        return at(text, text.scheme().equals("https"), "/");
    }

    private static void requireHttp(String scheme) {
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw refused("only http and https are read, not %s".formatted(scheme == null ? "a URL without" : scheme));
        }
    }

    private static FetchTarget at(UrlText text, boolean tls, String base) {
        if (text.authority() == null || text.authority().isEmpty()) {
            throw invalid("it names no host");
        } else if (text.doubtful()) {
            throw invalid("programs find different hosts in it");
        } else if (text.authority().contains("@")) {
            throw refused("it holds a user name or password before the host");
        }
        Matcher parts = AUTHORITY.matcher(text.authority());
        if (!parts.matches()) {
            throw invalid("its host or port cannot be read");
        }
        return new FetchTarget(tls, host(parts.group(1)), port(parts.group(2), tls), text.sent(base));
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            return ipv6(written.substring(1, written.length() - 1));
        }
        String host = ascii(written);
        if (NUMBER.matcher(host).matches()) {
            if (AddressLiteral.of(host).isEmpty()) {
                throw refused("its host is a number that programs read in different ways");
            }
        } else if (!NAME.matcher(host).matches() || host.contains("..")) {
            throw invalid("its host is no name");
        }
        return host;
    }

    /** Normalizes also what only looks different: full-width digits, a dot at the end. */
    private static String ascii(String written) {
        StringBuilder host = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        UTS_46.nameToASCII(written, host, info);
        if (!ALLOWED.containsAll(info.getErrors())) {
            throw invalid("its host is no name");
        }
        String name = host.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static String ipv6(String written) {
        InetAddress address = AddressLiteral.of(written)
                .filter(found -> written.contains(":"))
                .orElseThrow(() -> invalid("its host is no IPv6 address"));
        if (address instanceof Inet4Address) {
            throw refused("its host is an IPv4 address inside an IPv6 one");
        }
        return written.toLowerCase(Locale.ROOT);
    }

    private static int port(String written, boolean tls) {
        if (written == null || written.isEmpty()) {
            return tls ? HTTPS : HTTP;
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > LAST_PORT) {
            throw invalid("its port lies outside 1 to " + LAST_PORT);
        }
        return port;
    }

    /**
     * Returns the target of a redirect.
     *
     * @param location as HTTP passes it, each byte one character
     * @throws StepException permanent {@code URL_INVALID} or {@code URL_REFUSED}; also from https to http, where an
     *     eavesdropper could read the secret parts
     */
    FetchTarget redirected(String location) {
        if (location.length() > MAX) {
            throw invalid("it has more than %d characters".formatted(MAX));
        }
        UrlText text = UrlText.ofHeader(location);
        if (text.scheme() == null && text.authority() == null) {
            return new FetchTarget(tls, host, port, text.sent(path));
        }
        if (text.scheme() != null) {
            requireHttp(text.scheme());
        }
        FetchTarget next = at(text, text.scheme() == null ? tls : text.scheme().equals("https"), "/");
        if (tls && !next.tls) {
            throw refused("it is https and redirects to http");
        }
        return next;
    }

    private boolean ipv6() {
        return host.contains(":");
    }

    /** Returns the decoded last part of the path, at most 255 characters; null if there is none. */
    public String fileName() {
        String plain = path.replaceFirst("\\?.*", "");
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        // A percent sign that encodes nothing stays one.
        String encoded = last.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").replace("+", "%2B");
        String name = URLDecoder.decode(encoded, StandardCharsets.UTF_8).replaceAll("[/\\\\\\p{Cc}]", "_");
        return name.isBlank()
                ? null
                : name.substring(
                        0, name.offsetByCodePoints(0, Math.min(MAX_NAME, name.codePointCount(0, name.length()))));
    }

    /** Returns the full URL: for the record, never for logs. */
    public String text() {
        return origin() + path;
    }

    /** Returns the URL without its query, which holds its secrets. */
    public String masked() {
        int query = path.indexOf('?');
        return origin() + (query < 0 ? path : path.substring(0, query) + "?...");
    }

    private String origin() {
        String name = ipv6() ? "[" + host + "]" : host;
        boolean usual = port == (tls ? HTTPS : HTTP);
        return (tls ? "https://" : "http://") + name + (usual ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return masked();
    }

    static StepException invalid(String why) {
        return StepException.permanent(
                "URL_INVALID",
                "This is no URL: " + why,
                "Send an absolute http or https URL, as the address bar of a browser takes it.");
    }

    static StepException refused(String why) {
        return StepException.permanent(
                "URL_REFUSED",
                "This URL is not fetched: " + why,
                "Use a URL of the public internet. An operator may open addresses of one's own network by"
                        + " caravan.import.allow.");
    }
}
