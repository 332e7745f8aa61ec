package dev.caravan.http;

import dev.caravan.settings.Settings;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The host names of this Caravan. A page of another site can make a browser send requests to 127.0.0.1, and can point a
 * host name of its own there (DNS rebinding); but it cannot put one of these names into Host and Origin.
 *
 * @param authorities {@code host:port} that is accepted as written
 * @param hosts names that are accepted with any port, since proxies and port mappings change it
 * @param origins further sites whose pages may use this Caravan, {@code https://app.example.org}
 * @param port Caravan's own; literals of the address that a request came in on are accepted with it
 */
record OwnHostNames(Set<String> authorities, Set<String> hosts, Set<String> origins, int port) {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    static OwnHostNames of(Settings settings) {
        int port = settings.number("caravan.http.port");
        Set<String> authorities = new HashSet<>();
        LOOPBACK.forEach(host -> authorities.add(host + ":" + port));
        authorities.add(bracketed(lower(settings.text("caravan.http.host"))) + ":" + port);
        Set<String> hosts = new HashSet<>();
        Set<String> origins = new HashSet<>();
        settings.find("caravan.http.url").map(URI::create).ifPresent(url -> {
            hosts.add(lower(url.getHost()));
            origins.add(lower(url.getScheme() + "://" + url.getRawAuthority()));
        });
        for (String host : settings.list("caravan.http.allowed-hosts")) {
            (hasPort(host) ? authorities : hosts).add(lower(host));
        }
        settings.list("caravan.http.allowed-origins").forEach(origin -> origins.add(lower(origin)));
        return new OwnHostNames(authorities, hosts, origins, port);
    }

    /**
     * @param host of the request, an IPv6 literal in brackets
     * @param hostPort of the request
     * @param localAddress the IP address of this machine that the request came in on
     */
    boolean includesHost(String host, int hostPort, String localAddress) {
        String name = lower(host);
        return authorities.contains(name + ":" + hostPort)
                || hosts.contains(name)
                || (hostPort == port && name.equals(bracketed(lower(localAddress))));
    }

    /**
     * @param origin as the browser sent it: {@code null} for pages that have none
     * @param authority the request's own {@code host:port}, which is Caravan's
     */
    boolean includesOrigin(String origin, String authority) {
        String site = lower(origin);
        Optional<String> name = Optional.of(site)
                .filter(text -> text.matches("https?://.+"))
                .map(text -> text.substring(text.indexOf("://") + 3));
        return origins.contains(site)
                || name.filter(text -> text.equals(lower(authority)) || authorities.contains(text))
                        .isPresent();
    }

    private static boolean hasPort(String host) {
        return host.matches(".*[^:]:\\d+");
    }

    private static String bracketed(String address) {
        return address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
    }

    private static String lower(String text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }
}
