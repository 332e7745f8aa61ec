package dev.caravan.fetch;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How files are fetched.
 *
 * @param allowedHosts names of hosts that are fine whatever address they have
 * @param allowedBlocks addresses that are fine although they are not public
 * @param maxSize bytes of one file
 * @param timeout for one file, from the first connection to the last byte
 * @param stall nothing comes for this long: the connection is given up
 */
record FetchSettings(
        Set<String> allowedHosts, List<Cidr> allowedBlocks, long maxSize, Duration timeout, Duration stall) {
    private static final String ALLOW = "caravan.import.allow";
    private static final String ALLOW_CALLS = "caravan.call.allow";

    static FetchSettings from(Settings settings) {
        return from(settings, ALLOW);
    }

    /** @param keys of the settings that open hosts and addresses */
    static FetchSettings from(Settings settings, String... keys) {
        Set<String> hosts = new HashSet<>();
        List<Cidr> blocks = new ArrayList<>();
        for (String key : keys) {
            for (String entry : settings.list(key)) {
                if (entry.contains("/") || AddressLiteral.of(entry).isPresent()) {
                    blocks.add(block(key, entry));
                } else {
                    hosts.add(entry.toLowerCase(Locale.ROOT));
                }
            }
        }
        return new FetchSettings(
                hosts,
                blocks,
                settings.bytes("caravan.import.max-size"),
                settings.duration("caravan.import.timeout"),
                settings.duration("caravan.import.stall"));
    }

    /** For calls of services: hosts of one's own network may be open to them alone. */
    static FetchSettings ofCalls(Settings settings) {
        return from(settings, ALLOW, ALLOW_CALLS);
    }

    /** The same openings, for files of another kind. */
    FetchSettings bounded(long bytes, Duration time, Duration silence) {
        return new FetchSettings(allowedHosts, allowedBlocks, bytes, time, silence);
    }

    private static Cidr block(String key, String entry) {
        try {
            return Cidr.of(entry);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(key, entry, e.getMessage());
        }
    }
}
