package dev.caravan.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of Redis and its login, parsed once for all connections. Its text, and the messages of its parser, never hold
 * user or password.
 *
 * @param user null for Redis' default user
 * @param password null where there is none
 */
public record RedisAddress(boolean secured, String host, int port, String user, String password, int database) {
    static final String URL = "caravan.redis.url";
    static final String HOST = "caravan.redis.host";
    static final String PORT = "caravan.redis.port";
    static final String PASSWORD = "caravan.redis.password";

    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_PORT = 65_535;
    private static final Pattern SCHEME = Pattern.compile("(rediss?)://(.*)", Pattern.DOTALL);
    /** Host names may have underscores here, as services of Docker Compose do; {@link java.net.URI} refuses them. */
    private static final Pattern PLACE =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]+))?(?:/([0-9]*))?(?:\\?.*)?");

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    /** The value that Kubernetes sets for a service named redis. */
    private static final Pattern SERVICE_LINK = Pattern.compile("tcp://.*:([0-9]+)");

    /**
     * Returns the Redis that {@code caravan.redis.url} names, else the one of {@code caravan.redis.host} and
     * {@code caravan.redis.port}; empty where neither is set. {@code caravan.redis.password} is for both, not decoded.
     *
     * @throws InvalidSetting when it is not an address; without the secret
     */
    public static Optional<RedisAddress> of(Settings settings) {
        String password = settings.find(PASSWORD).orElse(null);
        return settings.find(URL)
                .map(RedisAddress::parsed)
                .or(() -> settings.find(HOST).map(host -> at(host, settings)))
                .map(address -> address.password == null ? address.with(password) : address);
    }

    /**
     * Reads {@code redis[s]://[user][:password]@host[:port][/database]}, where user and password are percent-encoded.
     *
     * @throws InvalidSetting when it is not an address; without user and password
     */
    static RedisAddress parsed(String url) {
        Matcher scheme = SCHEME.matcher(url);
        if (!scheme.matches()) {
            throw refused("it must begin with redis:// or rediss://");
        }
        String rest = scheme.group(2);
        int at = rest.lastIndexOf('@');
        Matcher place = PLACE.matcher(rest.substring(at + 1));
        if (!place.matches()) {
            throw refused(
                    "there must be a host behind the slashes, or behind the @ that ends the password, such as redis://redis.internal:6379/0");
        }
        String[] login = at < 0 ? new String[0] : rest.substring(0, at).split(":", 2);
        return new RedisAddress(
                scheme.group(1).equals("rediss"),
                place.group(1),
                place.group(2) == null ? DEFAULT_PORT : port(URL, place.group(2)),
                login.length == 0 || login[0].isEmpty() ? null : decoded(login[0]),
                login.length < 2 || login[1].isEmpty() ? null : decoded(login[1]),
                database(place.group(3)));
    }

    private static RedisAddress at(String host, Settings settings) {
        Matcher place = PLACE.matcher(host);
        if (!place.matches() || place.group(2) != null || place.group(3) != null) {
            throw new InvalidSetting(HOST, host, "it must be a host name alone; the port stands in REDIS_PORT");
        }
        String port = settings.find(PORT).orElse(String.valueOf(DEFAULT_PORT));
        Matcher link = SERVICE_LINK.matcher(port);
        return new RedisAddress(false, host, port(PORT, link.matches() ? link.group(1) : port), null, null, 0);
    }

    private static int port(String key, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw key.equals(URL)
                    ? refused("its port must be a number from 1 to 65535")
                    : new InvalidSetting(key, text, "it must be a number from 1 to 65535");
        }
        return port;
    }

    private static int database(String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (text.length() > 6) {
            throw refused("the number of its database is too large");
        }
        return Integer.parseInt(text);
    }

    private static String decoded(String text) {
        if (BAD_ESCAPE.matcher(text).find()) {
            throw refused(
                    "a % in its user or password must be written %25. Percent-encode the password, or leave it out here and set REDIS_PASSWORD, which is taken as it is");
        }
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static InvalidSetting refused(String why) {
        return new InvalidSetting(URL, null, why);
    }

    private RedisAddress with(String secret) {
        return new RedisAddress(secured, host, port, user, secret, database);
    }

    /** Removes the password from the text of an answer or an error, if it is there. */
    public String withoutPassword(String text) {
        return password == null || text == null ? text : text.replace(password, "***");
    }

    /** Returns host and port, for messages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
