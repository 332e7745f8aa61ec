package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
    private static final String PASSWORD = "secret";

    @TempDir
    Path folder;

    @Test
    void a_leftover_is_ended() throws Exception {
        RedisServer first = start(0);

        try (RedisServer second = start(0)) {
            assertThat(ProcessHandle.of(first.pid())).isEmpty();
            assertThat(RedisReadiness.answers(second.port(), PASSWORD)).isTrue();
        }
    }

    @Test
    void a_wanted_port_is_taken() throws Exception {
        int wanted = Port.reserve("Redis", 0, LocalSettings.REDIS_PORT).number();

        try (RedisServer server = start(wanted)) {
            assertThat(server.port()).isEqualTo(wanted);
        }
    }

    @Test
    void a_start_that_fails_says_why() throws Exception {
        Files.createDirectories(folder.resolve("appendonlydir"));
        Files.writeString(folder.resolve("appendonlydir/appendonly.aof.manifest"), "broken");

        assertThatThrownBy(() -> start(0)).isInstanceOf(IOException.class).hasMessageContaining("manifest");
    }

    @Test
    void a_process_that_only_has_the_number_of_an_old_redis_is_left_alone() throws Exception {
        Files.writeString(folder.resolve("redis.pid"), ProcessHandle.current().pid() + "");

        try (RedisServer server = start(0)) {
            assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void the_bundled_program_runs_where_none_is_installed() throws Exception {
        Path program = RedisProgram.bundled(folder);

        assertThat(Files.isExecutable(program)).isTrue();
        assertThat(Shell.run(Map.of(), List.of(program.toString(), "--version")))
                .contains("Redis server");
    }

    @Test
    void it_comes_back_on_its_port_with_its_data_after_it_was_killed() throws Exception {
        try (KeptRedis redis = KeptRedis.start(new RedisFolder(folder), 0, PASSWORD)) {
            int port = redis.port();
            long killed = redis.pid();
            ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> redis.pid() != killed && RedisReadiness.answers(port, PASSWORD));
            assertThat(redis.port()).isEqualTo(port);
        }
        assertThat(new RedisFolder(folder).leftover()).isEmpty();
    }

    private RedisServer start(int port) throws Exception {
        return RedisServer.start(new RedisFolder(folder), port, PASSWORD);
    }
}
