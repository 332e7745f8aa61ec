package dev.caravan.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Redis goes and comes, and nobody waits for it. */
class RedisLinkIT {
    private final RedisGate gate = new RedisGate();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final RedisLink link = new RedisLink(gate.address(), "test");

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
        link.hear("topic", heard::add);
    }

    @AfterEach
    void end() {
        root().detachAppender(log);
        link.close();
        gate.close();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void it_hears_again_after_redis_was_away_and_says_so_once() {
        link.start();
        awaitUp();
        awaitHeard("one");
        gate.shut();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !link.up());
        link.tell("topic", "lost");
        assertThat(link.client()).isEmpty();
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> !link.up());
        gate.reopen();
        awaitUp();
        awaitHeard("two");
        assertThat(heard).doesNotContain("lost");
        assertThat(log.list.stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                .filteredOn(line -> line.endsWith("is connected"))
                .hasSize(2)
                .noneMatch(line -> line.contains("@"));
    }

    @Test
    void it_waits_for_a_redis_that_comes_later() {
        gate.shut();
        link.start();
        link.tell("topic", "lost");
        assertThat(link.up()).isFalse();
        gate.reopen();
        awaitUp();
        awaitHeard("here");
    }

    @Test
    void without_an_address_there_is_none() {
        try (RedisLink none = new RedisLink(Optional.empty(), "test")) {
            none.start();
            none.tell("topic", "nobody hears it");
            assertThat(none.client()).isEmpty();
        }
    }

    private void awaitUp() {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(link::up);
    }

    private void awaitHeard(String message) {
        link.tell("topic", message);
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(heard)
                .contains(message));
    }
}
