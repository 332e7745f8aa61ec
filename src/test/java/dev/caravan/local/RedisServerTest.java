package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
    private static final String PASSWORD = "secret";

    @TempDir
    Path folder;

    @Test
    void a_leftover_that_answers_is_adopted() throws Exception {
        try (RedisServer first = start(0)) {
            RedisServer second = start(0);

            assertThat(second.pid()).isEqualTo(first.pid());
        }
    }

    @Test
    void a_leftover_on_another_port_than_wanted_is_ended() throws Exception {
        RedisServer first = start(0);
        int wanted = Port.reserve("Redis", 0, LocalSettings.REDIS_PORT).number();

        try (RedisServer second = start(wanted)) {
            assertThat(second.port()).isEqualTo(wanted);
            assertThat(ProcessHandle.of(first.pid())).isEmpty();
        }
    }

    @Test
    void a_process_that_only_has_the_number_of_an_old_redis_is_left_alone() throws Exception {
        Files.writeString(folder.resolve("redis.pid"), ProcessHandle.current().pid() + " 1");

        try (RedisServer server = start(0)) {
            assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void the_bundled_program_runs_where_none_is_installed() throws Exception {
        Path program = RedisBinary.bundled(folder);

        assertThat(Files.isExecutable(program)).isTrue();
        assertThat(Shell.run(Map.of(), List.of(program.toString(), "--version")))
                .contains("Redis server");
    }

    private RedisServer start(int port) throws Exception {
        return RedisServer.start(new RedisFolder(folder), port, PASSWORD);
    }
}
