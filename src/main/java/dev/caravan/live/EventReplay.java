package dev.caravan.live;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.redis.RedisLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.redisson.api.StreamMessageId;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the events after one that this process does not remember: from Redis' stream, complete and in order while the event
 * is still in it; else from the histories of the jobs that changed since, as many as {@link RecentJobs} reads.
 */
final class EventReplay {
    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);
    /** Clocks of processes differ; an event enters the stream a while after its own time. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private final RedisLink link;
    private final Events events;
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Clock clock;

    EventReplay(RedisLink link, Events events, Jobs jobs, Records records, Tables tables, Clock clock) {
        this.link = link;
        this.events = events;
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
        this.clock = clock;
    }

    /** Empty where the id is not one of Caravan's. */
    Stream<LiveEvent> after(String feedId) {
        Optional<Instant> time = time(feedId);
        if (time.isEmpty()) {
            return Stream.empty();
        }
        List<LiveEvent> stream = stream(time.get());
        boolean whole = stream.stream().anyMatch(event -> feedId.equals(Feed.id(event)));
        return whole
                ? stream.stream()
                        .dropWhile(event -> !feedId.equals(Feed.id(event)))
                        .skip(1)
                : histories(feedId.split("@", 2)[0], time.get()).stream();
    }

    private List<LiveEvent> stream(Instant time) {
        if (link.client().isEmpty()) {
            return List.of();
        }
        try {
            return link
                    .client()
                    .get()
                    .<String, String>getStream(events.stream(), StringCodec.INSTANCE)
                    .range(MOST, new StreamMessageId(time.minus(MARGIN).toEpochMilli(), 0), StreamMessageId.MAX)
                    .values()
                    .stream()
                    .map(entry -> Events.read(entry.get("e")))
                    .toList();
        } catch (RedisException | IllegalStateException e) {
            LOG.debug("the stream of events could not be read: {}", e.getMessage());
            return List.of();
        }
    }

    private List<LiveEvent> histories(String key, Instant time) {
        return new RecentJobs(jobs, records, tables, clock)
                .changedSince(Timestamps.of(time)).stream()
                        .map(Job::jobId)
                        .flatMap(id -> JobPage.read(records, tables, id).after(key).stream())
                        .sorted(Comparator.comparing(LiveEvent::id))
                        .toList();
    }

    /** {@code history#2026-01-06T10:30:00.000Z#8f3a@job}; an id that is cut off after its time is valid. */
    private static Optional<Instant> time(String feedId) {
        if (!LiveEvent.isHistory(feedId)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(feedId.split("#", 3)[1]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
