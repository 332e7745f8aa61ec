package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.caravan.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as bytes, to the server without any route behind it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {
    private static final int SILENCE_MILLIS = 1_000;

    private final CamelContext context = new DefaultCamelContext();
    private int port;

    @BeforeAll
    void start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "caravan.http.host", "127.0.0.1",
                "caravan.http.port", "0",
                "caravan.http.max-body", "1000",
                "caravan.http.max-signed-body", "100",
                "caravan.http.allowed-hosts", "caravan.test",
                "caravan.http.idle", "4s",
                "caravan.http.head-timeout", "2s",
                "caravan.http.body-timeout", "2s",
                "caravan.roles", "api"));
        HttpBeans.bind(
                context.getRegistry(),
                new Settings(key -> Optional.ofNullable(settings.get(key))),
                new SimpleMeterRegistry(),
                context,
                List.of());
        context.start();
        port = context.hasService(VertxPlatformHttpServer.class).getPort();
    }

    @AfterAll
    void stop() {
        context.stop();
    }

    /**
     * What an attacker sends behind a proxy so that the second request is taken for one of somebody else's: none is
     * answered, and the connection ends.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "chunk extension in quotes | POST 1.1 | Transfer-Encoding: chunked | 0;a=\"~~GET /livez HTTP/1.1~Host: caravan.test~~",
                "length before encoding | POST 1.1 | Content-Length: 5~Transfer-Encoding: chunked | 0~~",
                "encoding before length | POST 1.1 | Transfer-Encoding: chunked~Content-Length: 5 | 0~~",
                "two encodings in one line | POST 1.1 | Transfer-Encoding: chunked, identity | 0~~",
                "identity first | POST 1.1 | Transfer-Encoding: identity, chunked | 0~~",
                "gzip | POST 1.1 | Transfer-Encoding: gzip, chunked | 0~~",
                "two encodings in two lines | POST 1.1 | Transfer-Encoding: chunked~Transfer-Encoding: identity | 0~~",
                "chunked twice | POST 1.1 | Transfer-Encoding: chunked~Transfer-Encoding: chunked | 0~~",
                "an unknown encoding | POST 1.1 | Transfer-Encoding: xchunked | 0~~",
                "encoding with a parameter | POST 1.1 | Transfer-Encoding: chunked;q=1 | 0~~",
                "encoding in HTTP/1.0 | POST 1.0 | Transfer-Encoding: chunked~Connection: keep-alive | 0~~",
                "a header without a name | POST 1.1 | : abc~Content-Length: 0 |",
                "a space before the colon | POST 1.1 | Transfer-Encoding : chunked | 0~~",
                "two lengths | POST 1.1 | Content-Length: 0~Content-Length: 5 |",
                "a list of lengths | POST 1.1 | Content-Length: 0, 5 |",
                "a length with a sign | POST 1.1 | Content-Length: +0 |",
                "a negative length | POST 1.1 | Content-Length: -1 |",
                "a length in hex | POST 1.1 | Content-Length: 0x0 |",
                "a chunk of negative size | POST 1.1 | Transfer-Encoding: chunked | -1~~",
                "a body over the limit | POST 1.1 | Content-Length: 2000 | {2000}",
                "a webhook over the limit | POST 1.1 | Content-Length: 101 | {101}"
            })
    void what_can_be_read_in_two_ways_ends_the_connection(String what, String start, String headers, String body)
            throws IOException {
        String[] line = start.split(" ");
        String first = line[0] + " /api/v1/webhooks/replicate HTTP/" + line[1] + "~Host: caravan.test~" + headers + "~~"
                + filled(body == null ? "" : body);
        Said said = untilClosed((first + "GET /smuggled HTTP/1.1~Host: caravan.test~~").replace("~", "\r\n"));
        assertThat(said.answers()).as("%s: %s", what, said.text()).isLessThanOrEqualTo(1);
        assertThat(said.text()).doesNotContain("/smuggled");
        assertThat(said.text())
                .matches(text -> text.isEmpty() || text.startsWith("HTTP/1.1 4") || text.startsWith("HTTP/1.0 4"));
        assertThat(said.closed()).as("%s: the connection is closed", what).isTrue();
    }

    @Test
    void good_requests_one_after_the_other_are_answered_on_one_connection() throws IOException {
        String get = "GET /livez HTTP/1.1\r\nHost: caravan.test\r\n\r\n";
        String chunked =
                "POST /nope HTTP/1.1\r\nHost: caravan.test\r\nTransfer-Encoding: Chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n";
        Said said = say(get + chunked + get);
        assertThat(said.answers()).isEqualTo(3);
        assertThat(said.closed()).isFalse();
    }

    @Test
    void after_connection_close_nothing_is_answered() throws IOException {
        Said said = say("GET /livez HTTP/1.1\r\nHost: caravan.test\r\nConnection: close\r\n\r\n"
                + "GET /smuggled HTTP/1.1\r\nHost: caravan.test\r\n\r\n");
        assertThat(said.answers()).isEqualTo(1);
        assertThat(said.closed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example/livez, caravan.test, 403",
        "http://caravan.test/livez, caravan.test, 200",
        "http://caravan.test@evil.example/livez, caravan.test, 403",
        "HTTP://EVIL.EXAMPLE/livez, caravan.test, 403",
        "http://caravan.test/livez, evil.example, 200",
        "/livez, evil.example, 403"
    })
    void the_host_of_an_absolute_target_wins(String target, String host, int status) throws IOException {
        assertThat(say("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .text())
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, cross-site, 403",
        "DELETE, cross-site, 403",
        "POST, same-site, 403",
        "POST, same-origin, 404",
        "POST, none, 404",
        "GET, cross-site, 404"
    })
    void a_page_of_another_site_changes_nothing_even_without_an_origin(String method, String site, int status)
            throws IOException {
        String request = method + " /nope HTTP/1.1\r\nHost: caravan.test\r\nSec-Fetch-Site: " + site
                + "\r\nContent-Length: 0\r\n\r\n";
        assertThat(say(request).text()).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void answers_may_be_shown_by_pages_of_this_origin_alone() throws IOException {
        assertThat(say("GET /livez HTTP/1.1\r\nHost: caravan.test\r\n\r\n")
                        .text()
                        .toLowerCase())
                .contains("cross-origin-resource-policy: same-origin");
    }

    @Test
    void slashes_cost_no_time() {
        String slashes = "/".repeat(4000);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 200; i++) {
                RequestPipeline.withoutSlash(slashes + "x" + slashes.substring(i));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(say("GET " + slashes + "x HTTP/1.1\r\nHost: caravan.test\r\nConnection: close\r\n\r\n")
                                .text())
                        .startsWith("HTTP/1.1 4");
            }
        });
        assertThat(RequestPipeline.withoutSlash("/a//")).isEqualTo("/a");
        assertThat(RequestPipeline.withoutSlash("//")).isEqualTo("/");
        assertThat(RequestPipeline.withoutSlash("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "half a head | GET /livez HTTP/1.1~Host: caravan.test~X-Long: a | 0",
                "one byte | G | 0",
                "nothing |  | 0",
                "half a body | POST /api/v1/webhooks/replicate HTTP/1.1~Host: caravan.test~Content-Length: 100~Content-Type: application/json~~{\"a\" | 408"
            })
    void who_goes_silent_loses_the_connection(String what, String begun, int status) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(12_000);
            if (begun != null) {
                socket.getOutputStream().write(begun.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            long start = System.nanoTime();
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).as(what).startsWith(status == 0 ? "" : "HTTP/1.1 " + status);
            assertThat(status == 0 && !said.isEmpty()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(11));
        }
    }

    @Test
    void a_head_that_drips_is_over_in_time_too() throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(100);
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: caravan.test\r\nX: ".getBytes(StandardCharsets.UTF_8));
            boolean closed = false;
            long start = System.nanoTime();
            while (!closed && System.nanoTime() - start < 10_000_000_000L) {
                try {
                    socket.getOutputStream().write('a');
                    closed = socket.getInputStream().read() < 0;
                } catch (SocketTimeoutException e) {
                    closed = false;
                } catch (IOException e) {
                    closed = true;
                }
            }
            assertThat(closed).isTrue();
        }
    }

    private static String filled(String body) {
        return body.startsWith("{") ? "x".repeat(Integer.parseInt(body.substring(1, body.length() - 1))) : body;
    }

    /** @param closed whether the server ended the connection */
    private record Said(String text, boolean closed) {
        long answers() {
            return text.split("HTTP/1\\.[01] \\d\\d\\d", -1).length - 1L;
        }
    }

    private Said say(String bytes) throws IOException {
        return say(bytes, SILENCE_MILLIS);
    }

    /** For a connection that has to end: silence decides nothing, as the server may be busy. */
    private Said untilClosed(String bytes) throws IOException {
        return say(bytes, 30_000);
    }

    private Said say(String bytes, int silenceMillis) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(silenceMillis);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            boolean closed = false;
            try {
                InputStream in = socket.getInputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    said.write(next);
                }
                closed = true;
            } catch (SocketTimeoutException e) {
                closed = false;
            } catch (IOException reset) {
                closed = true;
            }
            return new Said(said.toString(StandardCharsets.UTF_8), closed);
        }
    }
}
