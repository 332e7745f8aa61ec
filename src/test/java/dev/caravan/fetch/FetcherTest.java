package dev.caravan.fetch;

import static dev.caravan.fetch.ScriptedSite.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FetcherTest {
    private static final byte[] FILE = bytes(300_000);
    private static final String LENGTH = "Content-Length: " + FILE.length;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private ScriptedSite site;
    private Fetcher fetcher =
            fetcher(host -> List.of(InetAddress.getByName("127.0.0.1")), 1_000_000, "10S", "127.0.0.1");

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
        fetcher.close();
    }

    @Test
    void a_file_comes_with_its_hash_and_tells_of_its_bytes() throws Exception {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH);
            out.write(FILE);
        });
        AtomicLong seen = new AtomicLong();
        Fetched fetched = fetcher.fetch(FetchTarget.of(site.url("/a?b=c")), file(), new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                assertThat(total).isEqualTo(FILE.length);
                assertThat(bytes).isGreaterThan(seen.getAndSet(bytes));
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                return () -> {};
            }
        });
        assertThat(fetched).isEqualTo(new Fetched(FILE.length, sha256(FILE)));
        assertThat(Files.readAllBytes(file())).isEqualTo(FILE);
        assertThat(seen).hasValue(FILE.length);
        assertThat(folder).isDirectoryContaining("glob:**file");
        assertThat(site.requests().get(0).line()).isEqualTo("GET /a?b=c HTTP/1.1");
        assertThat(site.requests().get(0).header("accept-encoding")).isEqualTo("identity");
        assertThat(site.requests().get(0).header("host")).isEqualTo("127.0.0.1:" + site.port());
        assertThat(site.requests().get(0).headers()).doesNotContainKeys("cookie", "authorization", "range", "referer");
    }

    @Test
    void a_file_in_chunks_needs_no_length() throws Exception {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
            out.write((Integer.toHexString(FILE.length) + "\r\n").getBytes());
            out.write(FILE);
            out.write("\r\n0\r\n\r\n".getBytes());
        });
        fetch();
        assertThat(Files.readAllBytes(file())).isEqualTo(FILE);
    }

    @Test
    void what_broke_off_goes_on_where_it_stopped() throws Exception {
        serve((request, out) -> {
            int from = request.number() == 1 ? 0 : from(request);
            if (from == 0) {
                head(out, "HTTP/1.1 200 OK", LENGTH, "ETag: \"v1\"");
            } else {
                partial(out, from, "\"v1\"");
            }
            out.write(FILE, from, Math.min(100_000, FILE.length - from));
        });
        Fetched fetched = fetch();
        assertThat(fetched.sha256()).isEqualTo(sha256(FILE));
        assertThat(Files.readAllBytes(file())).isEqualTo(FILE);
        assertThat(site.requests()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(site.requests().get(1).header("if-range")).isEqualTo("\"v1\"");
    }

    @Test
    void a_later_fetch_goes_on_where_an_earlier_one_stopped() throws Exception {
        serve((request, out) -> {
            switch (request.number()) {
                case 1 -> {
                    head(out, "HTTP/1.1 200 OK", LENGTH, "ETag: \"v1\"");
                    out.write(FILE, 0, 100_000);
                }
                case 2 -> head(out, "HTTP/1.1 503 Busy", "Content-Length: 0", "Retry-After: 7");
                default -> {
                    partial(out, from(request), "\"v1\"");
                    out.write(FILE, from(request), FILE.length - from(request));
                }
            }
        });
        assertThat(failure().failure().code()).isEqualTo("URL_BUSY");
        assertThat(fetch().sha256()).isEqualTo(sha256(FILE));
        assertThat(from(site.requests().get(2))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ignores range", "other etag", "weak etag", "no etag", "wrong range", "416", "206 of another"})
    void a_file_is_begun_again_where_it_cannot_be_continued(String how) throws Exception {
        byte[] other = bytes(FILE.length + 1);
        serve((request, out) -> {
            boolean ranged = request.header("range") != null;
            if (request.number() == 1) {
                String etag =
                        switch (how) {
                            case "weak etag" -> "ETag: W/\"v1\"";
                            case "no etag" -> "X: y";
                            default -> "ETag: \"v1\"";
                        };
                head(out, "HTTP/1.1 200 OK", LENGTH, etag);
                out.write(FILE, 0, 100_000);
            } else if (ranged && how.equals("416")) {
                head(out, "HTTP/1.1 416 No", "Content-Length: 0");
            } else if (ranged && how.equals("wrong range")) {
                partial(out, 1, "\"v1\"");
                out.write(FILE, 1, FILE.length - 1);
            } else if (ranged && how.equals("206 of another")) {
                partial(out, from(request), "\"v2\"");
                out.write(other, from(request), FILE.length - from(request));
            } else {
                head(out, "HTTP/1.1 200 OK", "Content-Length: " + other.length, "ETag: \"v2\"");
                out.write(other);
            }
        });
        assertThat(fetch().sha256()).isEqualTo(sha256(other));
        assertThat(Files.readAllBytes(file())).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "404, URL_GONE, PERMANENT",
        "410, URL_GONE, PERMANENT",
        "400, URL_DENIED, PERMANENT",
        "401, URL_DENIED, PERMANENT",
        "403, URL_DENIED, PERMANENT",
        "204, URL_WITHOUT_FILE, PERMANENT",
        "206, URL_WITHOUT_FILE, PERMANENT",
        "304, URL_WITHOUT_FILE, PERMANENT",
        "408, URL_BUSY, TRANSIENT",
        "425, URL_BUSY, TRANSIENT",
        "429, URL_BUSY, TRANSIENT",
        "500, URL_BUSY, TRANSIENT",
        "503, URL_BUSY, TRANSIENT",
    })
    void what_the_server_answers_decides_whether_it_is_asked_again(int status, String code, FailureKind kind) {
        serve((request, out) -> head(out, "HTTP/1.1 " + status + " So", "Content-Length: 0"));
        StepException thrown = failure();
        assertThat(thrown.failure().code()).isEqualTo(code);
        assertThat(thrown.failure().kind()).isEqualTo(kind);
        assertThat(thrown.failure().message()).contains("answered " + status).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "'Fri, 02 Jan 2026 03:05:05 GMT', PT1M",
        "86400, PT1H",
        "soon, ",
        "'Fri, 02 Jan 2026 03:03:05 GMT', ",
    })
    void the_wait_that_the_server_asks_for_is_heard(String header, Duration wait) {
        serve((request, out) -> head(out, "HTTP/1.1 429 Slow", "Content-Length: 0", "Retry-After: " + header));
        assertThat(failure().retryAfter().orElse(null)).isEqualTo(wait);
    }

    @Test
    void a_length_beyond_the_limit_is_refused_before_the_body() {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Length: 1000001");
            out.write(FILE);
        });
        assertThat(failure().failure().code()).isEqualTo("URL_TOO_LARGE");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_body_beyond_the_limit_is_ended_and_leaves_nothing() {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
            while (true) {
                out.write((Integer.toHexString(FILE.length) + "\r\n").getBytes());
                out.write(FILE);
                out.write("\r\n".getBytes());
            }
        });
        assertThat(failure().failure().code()).isEqualTo("URL_TOO_LARGE");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void bytes_beyond_the_promised_length_are_not_read() throws Exception {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Length: 1000");
            out.write(FILE);
        });
        assertThat(fetch().sha256()).isEqualTo(sha256(Arrays.copyOf(FILE, 1000)));
    }

    @Test
    void fewer_bytes_than_promised_are_no_file() {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Length: 400000");
            out.write(FILE);
        });
        StepException thrown = failure();
        assertThat(thrown.failure().code()).isEqualTo("URL_BROKEN");
        assertThat(thrown.failure().kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(file()).doesNotExist();
    }

    @Test
    void redirects_are_followed_to_the_fifth() throws Exception {
        serve((request, out) -> {
            int hop = Integer.parseInt(request.path().substring(1));
            if (hop < 5) {
                head(out, "HTTP/1.1 302 Go", "Content-Length: 0", "Location: /" + (hop + 1));
            } else {
                head(out, "HTTP/1.1 200 OK", LENGTH);
                out.write(FILE);
            }
        });
        assertThat(fetcher.fetch(FetchTarget.of(site.url("/0")), file(), DownloadListener.PATIENT)
                        .size())
                .isEqualTo(FILE.length);
    }

    @Test
    void a_sixth_redirect_is_not() {
        serve((request, out) -> head(out, "HTTP/1.1 301 Go", "Content-Length: 0", "Location: " + site.url("/x")));
        assertThat(failure().failure().code()).isEqualTo("URL_REDIRECTS");
        assertThat(site.requests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2/",
                "http://169.254.169.254/latest/meta-data/iam",
                "http://[::1]/",
                "http://127.1/",
                "http://2130706433/",
                "//10.0.0.1/",
                "file:///etc/passwd",
                "http://user:pass@127.0.0.1/",
            })
    void a_redirect_to_a_closed_address_is_refused(String location) {
        serve((request, out) -> head(out, "HTTP/1.1 307 Go", "Content-Length: 0", "Location: " + location));
        assertThat(failure().failure().code()).isEqualTo("URL_REFUSED");
        assertThat(site.requests()).hasSize(1);
    }

    @Test
    void a_redirect_that_cannot_be_read_is_named_with_the_url_that_sent_it() {
        serve((request, out) -> head(out, "HTTP/1.1 302 Go", "Content-Length: 0", "Location: http://a b/?secret"));
        StepException thrown = failure();
        assertThat(thrown.failure().code()).isEqualTo("URL_INVALID");
        assertThat(thrown.failure().message())
                .contains(site.port() + "/")
                .contains(" redirects. ")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "/my vid\u00c3\u00a9o.jpg > GET /my%20vid%C3%A9o.jpg HTTP/1.1",
                "/caf\u00e9.jpg        > GET /caf%E9.jpg HTTP/1.1",
                "/a|[]{}^`\"b.jpg      > GET /a|[]%7B%7D%5E%60%22b.jpg HTTP/1.1",
                "\\a\\100%.jpg         > GET /a/100%.jpg HTTP/1.1",
                "?n=a b'<#frag        > GET /?n=a%20b%27%3C HTTP/1.1",
            })
    void a_redirect_is_followed_as_browsers_follow_it(String location, String asked) throws Exception {
        serve((request, out) -> {
            if (request.number() == 1) {
                head(out, "HTTP/1.1 302 Go", "Content-Length: 0", "Location: " + location);
            } else {
                head(out, "HTTP/1.1 200 OK", LENGTH);
                out.write(FILE);
            }
        });
        assertThat(fetcher.fetch(FetchTarget.of(site.url("/")), file(), DownloadListener.PATIENT)
                        .size())
                .isEqualTo(FILE.length);
        assertThat(site.requests().get(1).line()).isEqualTo(asked);
    }

    @Test
    void a_part_that_calls_itself_the_whole_is_no_file() {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH, "Content-Range: bytes 0-299999/600000");
            out.write(FILE);
        });
        assertThat(failure().failure().code()).isEqualTo("URL_WITHOUT_FILE");
    }

    @Test
    void a_redirect_without_a_place_is_refused() {
        serve((request, out) -> head(out, "HTTP/1.1 302 Go", "Content-Length: 0"));
        assertThat(failure().failure().code()).isEqualTo("URL_REDIRECTS");
    }

    @Test
    void a_name_that_changes_its_address_is_connected_to_where_it_was_checked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        fetcher.close();
        fetcher = fetcher(
                host -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1")),
                1_000_000,
                "10S",
                "127.0.0.2");
        site = new ScriptedSite("127.0.0.2", 0, (request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH);
            out.write(FILE);
        });
        try (ScriptedSite trap = new ScriptedSite("127.0.0.1", site.port(), (request, out) -> {})) {
            FetchTarget target = FetchTarget.of("http://rebind.example:%d/".formatted(site.port()));
            assertThat(fetcher.fetch(target, file(), DownloadListener.PATIENT).size())
                    .isEqualTo(FILE.length);
            assertThat(site.requests().get(0).header("host")).isEqualTo("rebind.example:" + site.port());
            assertThat(asked).hasValue(1);
            Files.delete(file());
            StepException thrown = catchThrowableOfType(
                    StepException.class, () -> fetcher.fetch(target, file(), DownloadListener.PATIENT));
            assertThat(thrown.failure().code()).isEqualTo("URL_REFUSED");
            assertThat(trap.requests()).isEmpty();
        }
    }

    @Test
    void a_rest_is_not_asked_for_where_the_name_has_moved_to() {
        AtomicInteger asked = new AtomicInteger();
        fetcher.close();
        fetcher = fetcher(
                host -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")),
                1_000_000,
                "10S",
                "127.0.0.1");
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH, "ETag: \"v1\"");
            out.write(FILE, 0, 100_000);
        });
        FetchTarget target = FetchTarget.of("http://rebind.example:%d/".formatted(site.port()));
        StepException thrown = catchThrowableOfType(
                StepException.class, () -> fetcher.fetch(target, file(), DownloadListener.PATIENT));
        assertThat(thrown.failure().code()).isEqualTo("URL_REFUSED");
    }

    @Test
    void a_head_without_end_is_not_read() {
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            for (int line = 0; line < 10_000; line++) {
                out.write("X-%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
                        .formatted(line)
                        .getBytes());
            }
        });
        assertThat(failure().failure().code()).isEqualTo("URL_UNREACHABLE");
    }

    @Test
    void a_server_that_says_nothing_is_given_up() {
        fetcher.close();
        fetcher = fetcher(host -> List.of(), 1_000_000, "0.7S", "127.0.0.1");
        serve((request, out) -> hang());
        assertThat(failure().failure().code()).isEqualTo("URL_UNREACHABLE");
    }

    @Test
    void a_server_that_drips_is_ended_when_its_time_is_over() {
        fetcher.close();
        fetcher = fetcher(host -> List.of(), 1_000_000, "5S", "127.0.0.1");
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH);
            for (byte one : FILE) {
                out.write(one);
                out.flush();
                Object nobody = new Object();
                synchronized (nobody) {
                    wait(nobody, 50);
                }
            }
        });
        assertThat(failure().failure().code()).isEqualTo("URL_TOO_SLOW");
    }

    @Test
    void a_rest_for_which_no_time_is_left_is_too_slow_and_not_unreachable() {
        fetcher.close();
        fetcher = fetcher(host -> List.of(), 1_000_000, "2S", "127.0.0.1");
        serve((request, out) -> {
            if (request.number() > 1) {
                hang();
            }
            head(out, "HTTP/1.1 200 OK", LENGTH, "ETag: \"v1\"");
            out.write(FILE, 0, 1000);
        });
        assertThat(failure().failure().code()).isEqualTo("URL_TOO_SLOW");
        assertThat(site.requests()).hasSize(2);
    }

    @Test
    void who_does_not_want_the_file_any_more_does_not_wait_for_it() {
        serve((request, out) -> {
            head(out, "HTTP/1.1 200 OK", LENGTH);
            out.write(FILE, 0, 1000);
            out.flush();
            hang();
        });
        StepException thrown = catchThrowableOfType(
                StepException.class,
                () -> fetcher.fetch(FetchTarget.of(site.url("/")), file(), new DownloadListener() {
                    private Runnable stop;

                    @Override
                    public void received(long bytes, long total) {
                        stop.run();
                    }

                    @Override
                    public Registration onCallOff(Runnable newStop) {
                        stop = newStop;
                        return () -> {};
                    }
                }));
        assertThat(thrown.failure().kind()).isEqualTo(FailureKind.FENCED);
    }

    @Test
    void nobody_at_the_address_may_be_somebody_later() {
        serve((request, out) -> {});
        site.close();
        assertThat(failure().failure().code()).isEqualTo("URL_UNREACHABLE");
    }

    @Test
    void a_certificate_must_be_trusted_and_name_the_host_of_the_url() throws Exception {
        PfxOptions certificate = certificate("right.example");
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer(
                            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate))
                    .requestHandler(request -> request.response().end("hello"))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            String url = "https://%s:" + server.actualPort() + "/";
            assertThat(failure(FetchTarget.of(url.formatted("right.example")))).isEqualTo("URL_UNTRUSTED");
            fetcher.close();
            fetcher = fetcher(
                    host -> List.of(InetAddress.getByName("127.0.0.1")),
                    1_000_000,
                    "10S",
                    "127.0.0.1",
                    RedirectingClient.strict().setTrustOptions(certificate));
            assertThat(failure(FetchTarget.of(url.formatted("wrong.example")))).isEqualTo("URL_UNTRUSTED");
            FetchTarget right = FetchTarget.of(url.formatted("right.example"));
            assertThat(fetcher.fetch(right, file(), DownloadListener.PATIENT).size())
                    .isEqualTo(5);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** The JDK has no way of its own to make one in Java. */
    private PfxOptions certificate(String host) throws Exception {
        Path store = folder.resolve("certificate.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "site",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return new PfxOptions().setPath(store.toString()).setPassword("changeit");
    }

    private String failure(FetchTarget target) {
        return catchThrowableOfType(StepException.class, () -> fetcher.fetch(target, file(), DownloadListener.PATIENT))
                .failure()
                .code();
    }

    private void serve(ScriptedSite.Script script) {
        site = new ScriptedSite(script);
    }

    private Fetched fetch() {
        return fetcher.fetch(FetchTarget.of(site.url("/video?token=secret")), file(), DownloadListener.PATIENT);
    }

    private StepException failure() {
        return catchThrowableOfType(StepException.class, this::fetch);
    }

    private Path file() {
        return folder.resolve("file");
    }

    private static int from(ScriptedSite.Request request) {
        String range = request.header("range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }

    private static void partial(OutputStream out, int from, String etag) throws IOException {
        head(
                out,
                "HTTP/1.1 206 Part",
                "Content-Length: " + (FILE.length - from),
                "Content-Range: bytes %d-%d/%d".formatted(from, FILE.length - 1, FILE.length),
                "ETag: " + etag);
    }

    private static void hang() {
        Object nobody = new Object();
        synchronized (nobody) {
            wait(nobody, 20_000);
        }
    }

    private static void wait(Object nobody, long millis) {
        try {
            nobody.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Fetcher fetcher(HostAddresses hostAddresses, long most, String time, String allowed) {
        return fetcher(hostAddresses, most, time, allowed, RedirectingClient.strict());
    }

    private static Fetcher fetcher(
            HostAddresses hostAddresses, long most, String time, String allowed, HttpClientOptions options) {
        Duration limit = Duration.parse("PT" + time);
        FetchSettings settings = new FetchSettings(Set.of(), List.of(Cidr.of(allowed)), most, limit, limit);
        return new Fetcher(settings, hostAddresses, options, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
