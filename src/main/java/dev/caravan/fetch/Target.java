package dev.caravan.fetch;

import dev.caravan.failure.StepException;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that may be asked for, as far as its text tells. Hosts are read strictly: where programs disagree on what a host
 * means ({@code 0177.1}, {@code 2130706433}), it is refused.
 *
 * @param host in ASCII, lower case; an IPv6 address without its brackets
 * @param path with its query, as it is sent
 */
public record Target(boolean tls, String host, int port, String path) {
    private static final int LONGEST = 8192;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65535;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::(\\d{0,5}))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** @throws StepException permanent {@code URL_INVALID} or {@code URL_REFUSED} */
    public static Target of(String url) {
        return of(parsed(url));
    }

    private static URI parsed(String url) {
        if (url == null || url.isBlank() || url.length() > LONGEST) {
            throw invalid("it has no characters, or more than " + LONGEST);
        }
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            // The exception's message quotes the URL, and with it what may be secret.
            throw invalid(e.getReason().toLowerCase(Locale.ROOT) + " at position " + (e.getIndex() + 1));
        }
    }

    private static Target of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(
                    "only http and https are read, not %s".formatted(scheme.isEmpty() ? "a URL without" : scheme));
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw invalid("it names no host");
        } else if (authority.contains("@")) {
            throw refused("it holds a user name or password before the host");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw invalid("its host or port cannot be read");
        }
        boolean tls = scheme.equals("https");
        return new Target(tls, host(parts.group(1)), port(parts.group(2), tls), path(uri));
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            return ipv6(written.substring(1, written.length() - 1));
        }
        String host = ascii(written);
        if (NUMBER.matcher(host).matches()) {
            if (Literal.of(host).isEmpty()) {
                throw refused("its host is a number that programs read in different ways");
            }
        } else if (!NAME.matcher(host).matches() || host.contains("..")) {
            throw invalid("its host is no name");
        }
        return host;
    }

    /** Also makes plain what only looks different: full-width digits, a dot at the end. */
    private static String ascii(String written) {
        try {
            String host = IDN.toASCII(written).toLowerCase(Locale.ROOT);
            return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        } catch (IllegalArgumentException e) {
            throw invalid("its host is no name");
        }
    }

    private static String ipv6(String written) {
        InetAddress address = Literal.of(written).orElseThrow(() -> invalid("its host is no IPv6 address"));
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

    private static String path(URI uri) {
        String ascii = uri.toASCIIString();
        String path = URI.create(ascii).getRawPath();
        String query = URI.create(ascii).getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /**
     * Where a redirect leads.
     *
     * @throws StepException permanent {@code URL_INVALID} or {@code URL_REFUSED}; also from https to http, where whoever
     *     listens would see what was meant to be secret
     */
    Target redirected(String location) {
        Target next = of(URI.create(text()).resolve(parsed(location)));
        if (tls && !next.tls) {
            throw refused("it is https and redirects to http");
        }
        return next;
    }

    private boolean ipv6() {
        return host.contains(":");
    }

    /** The URL in full: for the record, never for logs. */
    public String text() {
        return origin() + path;
    }

    /** The URL without its query, where its secrets stand. */
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
                "Send an absolute http or https URL, with everything percent-encoded that needs it.");
    }

    static StepException refused(String why) {
        return StepException.permanent(
                "URL_REFUSED",
                "This URL is not fetched: " + why,
                "Use a URL of the public internet. An operator may open addresses of one's own network by"
                        + " caravan.import.allow.");
    }
}
