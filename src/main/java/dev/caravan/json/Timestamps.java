package dev.caravan.json;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times as ISO 8601 in UTC with three digits of milliseconds: text order is time order, as indexes need. */
public final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String now(Clock clock) {
        return of(clock.instant());
    }

    public static String in(Duration delay, Clock clock) {
        return of(clock.instant().plus(delay));
    }

    public static String of(Instant instant) {
        return FORMAT.format(instant);
    }
}
