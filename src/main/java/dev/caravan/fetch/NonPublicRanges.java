package dev.caravan.fetch;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Address ranges outside the public internet (IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 6890), and those
 * at which clouds serve their machines' credentials. Of IPv6 only global unicast is open at all, so that blocks that
 * contain IPv4 addresses (compatible, NAT64) are closed with the rest; mapped ones are IPv4 addresses to Java.
 */
enum NonPublicRanges {
    METADATA("a cloud's metadata service", "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16"),
    METADATA_6("a cloud's metadata service", "fd00:ec2::254", "fd20:ce::254"),
    UNSPECIFIED("unspecified", "0.0.0.0/8", "::"),
    LOOPBACK("loopback", "127.0.0.0/8", "::1"),
    PRIVATE("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
    SHARED("shared by a provider's customers", "100.64.0.0/10"),
    LINK_LOCAL("link-local", "169.254.0.0/16", "fe80::/10"),
    DOCUMENTATION(
            "for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
    BENCHMARK("for benchmarks", "198.18.0.0/15"),
    PROTOCOLS("for protocols", "192.0.0.0/24", "192.88.99.0/24", "2001::/23"),
    MULTICAST("multicast", "224.0.0.0/4", "ff00::/8"),
    BROADCAST("broadcast", "255.255.255.255"),
    RESERVED("reserved", "240.0.0.0/4"),
    TUNNEL("an IPv4 address inside IPv6", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "::/96");

    private static final Cidr GLOBAL_UNICAST = Cidr.of("2000::/3");
    private static final int IPV6_BYTES = 16;

    private final String word;
    private final List<Cidr> blocks;

    NonPublicRanges(String word, String... blocks) {
        this.word = word;
        this.blocks = Arrays.stream(blocks).map(Cidr::of).toList();
    }

    /** Returns the type of a closed address: "loopback". */
    static Optional<String> word(InetAddress address) {
        byte[] bytes = address.getAddress();
        Optional<String> known = Arrays.stream(values())
                .filter(closed -> closed.blocks.stream().anyMatch(block -> block.contains(bytes)))
                .map(closed -> closed.word)
                .findFirst();
        boolean elsewhere = bytes.length == IPV6_BYTES && !GLOBAL_UNICAST.contains(bytes);
        return known.or(() -> elsewhere ? Optional.of("outside the public internet") : Optional.empty());
    }
}
