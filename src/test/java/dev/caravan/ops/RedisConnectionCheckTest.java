package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisConnectionCheckTest {
    private ServerSocket redis;

    @BeforeEach
    void listen() throws IOException {
        redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        redis.close();
    }

    private RedisConnectionCheck ping(String login) {
        String url = "redis://" + login + "127.0.0.1:" + redis.getLocalPort() + "/0";
        Settings settings = new Settings(key -> Optional.of(url).filter(value -> key.equals("caravan.redis.url")));
        return new RedisConnectionCheck(RedisAddress.of(settings).orElseThrow());
    }

    /** A Redis that gives these answers, whatever it is asked. Completes with what it was asked. */
    private CompletableFuture<String> answering(String answers) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket client = redis.accept()) {
                client.getOutputStream().write(answers.getBytes(StandardCharsets.UTF_8));
                return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    @Test
    void a_redis_without_a_password_is_pinged() throws Exception {
        CompletableFuture<String> asked = answering("+PONG\r\n");
        assertThatCode(() -> ping("").ask()).doesNotThrowAnyException();
        assertThat(asked.get()).isEqualTo("*1\r\n$4\r\nPING\r\n");
    }

    @Test
    void a_password_comes_first_and_is_counted_in_bytes() throws Exception {
        CompletableFuture<String> asked = answering("+OK\r\n+PONG\r\n");
        assertThatCode(() -> ping(":p%C3%A9@").ask()).doesNotThrowAnyException();
        assertThat(asked.get()).startsWith("*2\r\n$4\r\nAUTH\r\n$3\r\npé\r\n");
    }

    @Test
    void a_user_is_named_with_the_password() throws Exception {
        CompletableFuture<String> asked = answering("+OK\r\n+PONG\r\n");
        ping("caravan:secret@").ask();
        assertThat(asked.get()).startsWith("*3\r\n$4\r\nAUTH\r\n$7\r\ncaravan\r\n$6\r\nsecret\r\n");
    }

    @Test
    void a_refusal_is_told_in_the_words_of_redis() {
        answering("-NOAUTH Authentication required.\r\n");
        assertThatThrownBy(() -> ping("").ask()).hasMessageContaining("NOAUTH");
    }

    @Test
    void an_answer_that_repeats_the_password_is_told_without_it() {
        answering("-ERR unknown command 'AUTH', with args beginning with: 'secret'\r\n");
        assertThatThrownBy(() -> ping(":secret@").ask()).hasMessageEndingWith("beginning with: '***'");
    }

    @Test
    void nobody_there_is_an_error() throws IOException {
        redis.close();
        assertThatThrownBy(() -> ping("").ask()).isInstanceOf(IOException.class);
    }
}
