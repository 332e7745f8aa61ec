package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestPipelineIT {
    private TestCaravan caravan;
    private ApiClient api;

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.http.url", "https://api.example.org");
        changes.put("caravan.http.allowed-hosts", "media.internal,exact.internal:9999");
        changes.put("caravan.http.allowed-origins", "https://app.example.org");
        changes.put("caravan.redis.url", "redis://127.0.0.1:1");
        caravan = TestCaravan.start(changes);
        api = new ApiClient(caravan);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private String statusFor(String... lines) {
        return api.raw(lines).split(" ", 3)[1];
    }

    @Test
    void only_hosts_that_are_ours_are_answered() {
        String port = ":" + api.port();
        for (String host : List.of(
                "127.0.0.1" + port,
                "localhost" + port,
                "LOCALHOST" + port,
                "[::1]" + port,
                "media.internal",
                "media.internal:80",
                "api.example.org",
                "exact.internal:9999")) {
            assertThat(statusFor("GET /livez HTTP/1.1", "Host: " + host))
                    .as(host)
                    .isEqualTo("200");
        }
        for (String host : List.of(
                "evil.example" + port,
                "127.0.0.1.evil.example" + port,
                "localhost",
                "127.0.0.1:1",
                "exact.internal:1",
                "10.1.2.3" + port,
                "localhost" + port + "@evil.example",
                "")) {
            assertThat(statusFor("GET /livez HTTP/1.1", "Host: " + host))
                    .as(host)
                    .startsWith("4");
        }
        assertThat(statusFor("GET /livez HTTP/1.1", "Host: localhost" + port, "Host: evil.example"))
                .startsWith("4");
        assertThat(statusFor("GET /livez HTTP/1.0")).startsWith("4");
        assertThat(statusFor("GET http://evil.example/livez HTTP/1.1", "Host: evil.example"))
                .isEqualTo("403");
    }

    @Test
    void nothing_is_reached_with_a_foreign_host_whatever_the_path() {
        for (String path :
                List.of("/", "/docs", "/docs/docs.js", "/openapi.json", "/api/videos/", "/readyz", "/nope")) {
            String answer = api.raw("GET " + path + " HTTP/1.1", "Host: evil.example:" + api.port());
            assertThat(answer).as(path).startsWith("HTTP/1.1 403").contains("FOREIGN_HOST");
        }
    }

    @Test
    void only_pages_of_ours_and_of_listed_sites_may_ask() {
        for (String origin : List.of(
                "http://127.0.0.1:" + api.port(),
                "http://localhost:" + api.port(),
                "https://api.example.org",
                "https://app.example.org")) {
            assertThat(api.get("/livez", "Origin", origin).status()).as(origin).isEqualTo(200);
        }
        for (String origin :
                List.of("null", "http://localhost:1", "https://evil.example", "http://app.example.org", "file://")) {
            assertThat(api.get("/livez", "Origin", origin).code()).as(origin).isEqualTo("FOREIGN_ORIGIN");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/jobs?bogus=1, takes no parameter bogus",
        "/api/v1/jobs?statsu=FAILED, Did you mean status?",
        "/api/v1/jobs?id=, The parameter id has no value",
        "/api/v1/jobs?order&limit=3, The parameter order has no value",
        "/api/videos/?sort=name, takes no parameter sort",
        "/api/v1/media?q=te, takes no parameter q",
        "/api/v1/media?status=, The parameter status has no value",
        "/api/v1/dead-letters?since=, The parameter since has no value",
        "/api/v1/pipelines?a=b, Leave the query away.",
        "/api/v1/events?pipelin=x, Did you mean pipeline?",
        "/api/v1/jobs/none/events?last=x, takes no parameter last",
        "/api/v1/jobs?limit=1&limit=2, given more than once",
    })
    void a_query_that_would_be_passed_over_is_refused(String path, String why) {
        Answer answer = api.get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_QUERY");
        assertThat(answer.body().path("detail").asText()
                        + answer.body().path("advice").asText())
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/stream/none?_=1734, UNKNOWN_VIDEO",
        "/api/v1/jobs?&limit=1&, ",
        "/livez?t=1, ",
        "/metrics?name=x, ",
        "/docs?url=, ",
    })
    void players_probes_and_pages_may_ask_with_what_they_like(String path, String code) {
        Answer answer = api.get(path);
        assertThat(answer.status()).isEqualTo(code == null ? 200 : 404);
    }

    @Test
    void what_people_and_probes_try_first_is_answered() {
        assertThat(api.get("/api/v1/health").body().has("status")).isTrue();
        assertThat(api.get("/healthz").body().path("status").asText()).isEqualTo("alive");
        assertThat(api.get("/favicon.ico").response().headers().firstValue("Content-Type"))
                .hasValue("image/png");
        Answer yaml = api.get("/openapi.yaml");
        assertThat(yaml.response().body()).startsWith("openapi: 3.0.3");
        assertThat(api.raw("GET / HTTP/1.1", "Host: localhost:" + api.port()))
                .startsWith("HTTP/1.1 302")
                .containsIgnoringCase("location: /docs");
    }

    @Test
    void a_request_that_no_router_reads_is_refused_in_words() {
        String host = "Host: localhost:" + api.port();
        assertThat(api.raw("GET /livez HTTP/1.1", host, "X-Long: " + "x".repeat(20_000)))
                .contains(" 431 ")
                .contains("HEADERS_TOO_LARGE");
        assertThat(api.raw("GET /livez?" + "x".repeat(20_000) + " HTTP/1.1", host))
                .contains(" 414 ")
                .contains("PATH_TOO_LONG");
    }

    @Test
    void options_tells_what_a_path_takes() {
        Answer answer = api.send("OPTIONS", "/api/videos/");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.response().headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(api.send("OPTIONS", "/nope").code()).isEqualTo("UNKNOWN_PATH");
    }

    private Answer preflight(String path, String origin) {
        return api.send(
                "OPTIONS",
                path,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "range,x-request-id",
                "Access-Control-Request-Private-Network",
                "true");
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    @Test
    void a_page_of_a_listed_site_may_ask_first_what_it_may_do() {
        for (String path :
                List.of("/api/videos", "/api/videos/", "/api/v1/dead-letters/some-id", "/api/stream/some-id")) {
            Answer answer = preflight(path, "https://app.example.org");
            assertThat(answer.status()).as(path).isEqualTo(204);
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
            assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("range,x-request-id");
            assertThat(header(answer, "Access-Control-Allow-Private-Network")).isEqualTo("true");
            assertThat(Integer.parseInt(header(answer, "Access-Control-Max-Age")))
                    .isPositive();
            assertThat(header(answer, "Vary")).isEqualToIgnoringCase("Origin");
        }
        assertThat(preflight("/nope", "https://app.example.org").status()).isEqualTo(404);
    }

    @Test
    void answers_and_errors_are_handed_to_pages_of_listed_sites_and_of_ours() {
        for (String origin : List.of("https://app.example.org", "http://localhost:" + api.port())) {
            for (String path :
                    List.of("/api/videos", "/docs", "/api/videos/?limit=0", "/nope", "/api/videos/unknown")) {
                Answer answer = api.get(path, "Origin", origin);
                assertThat(header(answer, "Access-Control-Allow-Origin"))
                        .as(path)
                        .isEqualTo(origin);
                assertThat(header(answer, "Access-Control-Expose-Headers"))
                        .contains("Location", "ETag", "Content-Range", "Retry-After", "Preference-Applied");
                assertThat(header(answer, "Vary")).isEqualToIgnoringCase("Origin");
            }
        }
    }

    @Test
    void no_other_site_learns_anything() {
        for (Answer answer : List.of(
                preflight("/api/videos", "https://evil.example"),
                preflight("/api/videos", "null"),
                api.get("/api/videos", "Origin", "https://evil.example"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.response().headers().map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        }
        Answer own = api.get("/api/videos");
        assertThat(header(own, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(own, "Vary")).as("for caches").isEqualToIgnoringCase("Origin");
    }

    @Test
    void a_body_that_nobody_asked_for_is_read_up_to_the_limit() {
        for (String type : List.of("application/json", "text/plain", "multipart/form-data; boundary=x")) {
            assertThat(api.withBody("GET", "/livez", type, "x".repeat(1_048_577))
                            .code())
                    .as(type)
                    .isEqualTo("BODY_TOO_LARGE");
        }
        Answer refused = api.withBody("GET", "/api/videos", "application/json", "x".repeat(5_000_000));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body().path("detail").asText()).contains("1048576 bytes");
        Answer malformed = api.withBody("GET", "/livez", "application/json", "{'a': 1}");
        assertThat(malformed.code()).isEqualTo("INVALID_BODY");
        assertThat(malformed.body().path("detail").asText()).contains("line 1, column 2");
        assertThat(api.withBody("GET", "/livez", "application/json", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void a_body_of_unknown_length_is_limited_too() {
        String chunk = "10000\r\n" + "x".repeat(0x10000);
        String answer = api.raw(
                "GET /livez HTTP/1.1",
                "Host: localhost:" + api.port(),
                "Transfer-Encoding: chunked",
                "Content-Type: application/json",
                "",
                String.join("\r\n", java.util.Collections.nCopies(20, chunk)),
                "0",
                "");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
    }

    @Test
    void a_slash_at_the_end_means_nothing() {
        for (String path : List.of("/livez/", "/readyz/", "/api/health/", "/api/videos/", "/api/v1/jobs/", "/docs/")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(api.get("/api/videos/?limit=0").code()).isEqualTo("INVALID_LIMIT");
        assertThat(api.get("/api/videos/unknown/").code()).isEqualTo("UNKNOWN_VIDEO");
    }

    @Test
    void head_answers_like_get_without_the_body() {
        for (String path : List.of("/livez", "/api/videos/", "/docs", "/api/videos/unknown")) {
            Answer get = api.get(path);
            Answer head = api.send("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.contentType()).as(path).isEqualTo(get.contentType());
            assertThat(head.response().body()).as(path).isEmpty();
        }
    }

    @Test
    void unknown_paths_and_wrong_methods_are_told_apart() {
        for (String path :
                List.of("/x", "/api", "/api/video", "/api/videos/a/b", "/docs/../pom.xml", "/docs/nope.js")) {
            Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.code()).as(path).isEqualTo("UNKNOWN_PATH");
        }
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            Answer answer = api.send(method, "/api/videos");
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.code()).as(method).isEqualTo("METHOD_NOT_ALLOWED");
            assertThat(answer.response().headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void an_answer_does_not_give_back_what_the_request_carried() {
        Answer answer = api.get("/api/videos", "X-Secret", "swordfish");
        assertThat(answer.response().headers().map().toString()).doesNotContain("swordfish");
        assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
                .contains("nosniff");
    }

    @Test
    void a_path_that_is_not_url_encoded_is_a_bad_request() {
        assertThat(api.raw("GET /api/%zz HTTP/1.1", "Host: localhost:" + api.port()))
                .startsWith("HTTP/1.1 400")
                .contains("MALFORMED_REQUEST");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/docs, 8", "/redoc, 7"})
    void a_documentation_page_has_all_its_files_here(String path, int files) {
        Answer page = api.get(path);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.response()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse(""))
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';");
        String html = page.response().body();
        assertThat(html).doesNotContain("http:", "https:");
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html);
        int found = 0;
        for (; references.find(); found++) {
            assertThat(api.get(references.group(1)).status())
                    .as(references.group(1))
                    .isEqualTo(200);
        }
        assertThat(found).isEqualTo(files);
    }

    @Test
    void the_documents_that_the_pages_show_are_here() {
        for (String document : List.of("/openapi.json", "/openapi-streams.json")) {
            Answer answer = api.get(document);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.body().path("openapi").asText()).startsWith("3.0");
        }
    }

    @Test
    void without_redis_all_goes_on() {
        Answer answer = api.get("/api/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("status").asText()).isEqualTo("degraded");
        assertThat(answer.body().path("redis").asText()).isEqualTo("disconnected");
        assertThat(answer.body().path("checks").path("redis").path("advice").asText())
                .isNotEmpty();
        assertThat(api.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void an_id_that_is_too_long_to_be_one_is_no_fault_of_the_server() {
        for (String document : List.of("/openapi.json", "/openapi-streams.json")) {
            api.get(document).body().path("paths").properties().stream()
                    .filter(path -> path.getKey().contains("{"))
                    .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                        if (List.of("get", "head", "put", "post", "patch", "delete")
                                .contains(method)) {
                            String asked = path.getKey().replaceAll("\\{[^}]+}", "a".repeat(3000));
                            Answer answer =
                                    api.withBody(method.toUpperCase(Locale.ROOT), asked, "application/json", "{}");
                            assertThat(answer.status())
                                    .as(method + " " + path.getKey())
                                    .isBetween(400, 499);
                        }
                    }));
        }
        String upload = "/api/v1/uploads/tus/" + "a".repeat(3000) + " HTTP/1.1";
        String host = "Host: 127.0.0.1:" + api.port();
        for (String method : List.of("HEAD ", "DELETE ")) {
            assertThat(statusFor(method + upload, host, "Tus-Resumable: 1.0.0")).isEqualTo("404");
        }
    }
}
