package dev.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    private static Optional<RedisAddress> of(Map<String, String> values) {
        return RedisAddress.of(new Settings(key -> Optional.ofNullable(values.get(key))));
    }

    private static RedisAddress url(String url) {
        return of(Map.of("caravan.redis.url", url)).orElseThrow();
    }

    @Test
    void a_url_is_taken_apart() {
        assertThat(url("redis://localhost")).isEqualTo(new RedisAddress(false, "localhost", 6379, null, null, 0));
        assertThat(url("rediss://me:p%40ss%3Aw%2Frd%251+@my_redis:7000/3"))
                .isEqualTo(new RedisAddress(true, "my_redis", 7000, "me", "p@ss:w/rd%1+", 3));
        assertThat(url("redis://:secret@[::1]:6380/"))
                .isEqualTo(new RedisAddress(false, "[::1]", 6380, null, "secret", 0));
        assertThat(url("redis://:p@ss/w:rd#?@10.0.0.1")).hasFieldOrPropertyWithValue("password", "p@ss/w:rd#?");
        assertThat(url("redis://cache/0?protocol=3").database()).isZero();
    }

    @Test
    void host_port_and_password_make_one_too() {
        assertThat(of(Map.of())).isEmpty();
        assertThat(of(Map.of("caravan.redis.password", "alone"))).isEmpty();
        assertThat(of(Map.of("caravan.redis.host", "localhost")))
                .contains(new RedisAddress(false, "localhost", 6379, null, null, 0));
        assertThat(of(Map.of(
                        "caravan.redis.host",
                        "my_redis",
                        "caravan.redis.port",
                        "7000",
                        "caravan.redis.password",
                        "a%b@/c")))
                .contains(new RedisAddress(false, "my_redis", 7000, null, "a%b@/c", 0));
    }

    @Test
    void a_password_beside_a_url_is_taken_as_it_is() {
        assertThat(of(Map.of("caravan.redis.url", "rediss://me@cache/1", "caravan.redis.password", "50%zz")))
                .contains(new RedisAddress(true, "cache", 6379, "me", "50%zz", 1));
        assertThat(of(Map.of("caravan.redis.url", "redis://:in-url@cache", "caravan.redis.password", "other")))
                .get()
                .hasFieldOrPropertyWithValue("password", "in-url");
    }

    /** Kubernetes sets REDIS_PORT so in every container beside a service that is called redis. */
    @Test
    void the_port_may_be_a_link_to_a_service() {
        assertThat(of(Map.of("caravan.redis.host", "redis", "caravan.redis.port", "tcp://10.0.0.1:6380")))
                .get()
                .hasFieldOrPropertyWithValue("port", 6380);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:S3cretPw%zz@127.0.0.1:5830",
                "redis://:S3cretPw%@host",
                "redis://S3cretPw%4:x@host",
                "http://:S3cretPw@host",
                ":S3cretPw@host:6379",
                "redis://:S3cretPw@",
                "redis://:S3cretPw@ho st",
                "redis://:S3cretPw@host:port",
                "redis://:S3cretPw@host:99999",
                "redis://:S3cretPw@host:0",
                "redis://:S3cretPw@host/12345678901",
                "redis://:S3cretPw@host/db"
            })
    void what_is_no_address_is_refused_without_its_secret(String url) {
        assertThatThrownBy(() -> url(url))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("Setting caravan.redis.url")
                .hasMessageNotContaining("S3cretPw")
                .satisfies(refused -> assertThat(refused.getCause()).isNull());
    }

    @Test
    void a_percent_sign_comes_with_advice() {
        assertThatThrownBy(() -> url("redis://:a%zz@host"))
                .hasMessageContaining("written %25")
                .hasMessageContaining("REDIS_PASSWORD");
    }

    @Test
    void its_text_and_what_others_say_hold_no_password() {
        RedisAddress address = url("redis://me:secret@cache:7000/1");
        assertThat(address).hasToString("cache:7000");
        assertThat(address.withoutPassword("ERR 'secret'")).isEqualTo("ERR '***'");
    }

    @Test
    void the_host_setting_is_a_host_alone() {
        assertThatThrownBy(() -> of(Map.of("caravan.redis.host", "cache:6379")))
                .hasMessageContaining("caravan.redis.host")
                .hasMessageContaining("REDIS_PORT");
    }
}
