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
 * Settings of fetches.
 *
 * @param allowedHosts names of hosts that are allowed at any address
 * @param allowedBlocks addresses that are allowed although they are not public
 * @param maxSize bytes of one file
 * @param timeout for one file, from the first connection to the last byte
 * @param stall silence after which the connection is closed
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

    /** Returns the settings for calls of services: hosts of the internal network may be open to them only. */
    static FetchSettings ofCalls(Settings settings) {
        return from(settings, ALLOW, ALLOW_CALLS);
    }

    /** Returns the same allowed hosts and addresses, with limits for other files. */
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
