package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.StepStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that call an HTTP service. */
class CallHttpIT {
    @TempDir
    Path folder;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private IntFunction<Said> service = call -> new Said(200, "{}", Map.of());
    private HttpServer site;
    private TestCaravan caravan;

    private record Heard(String method, String uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private record Said(int status, String body, Map<String, String> headers) {}

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", this::answer);
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
        caravan.close();
    }

    @Test
    void the_answer_is_a_variable_for_the_steps_that_follow() throws IOException {
        service = call -> new Said(200, "{\"words\": [\"a\", \"b\"], \"id\": 7}", Map.of());
        start(
                """
                url: %s/say/{filename}?a=1&format=x
                headers: |
                  Authorization: Bearer {secret.speech}
                values: "language: de"
                body: '{"lang": "{language}", "asset": "{asset_id}"}'
                """);
        Job job = ended();
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("call").outputs().toString()).contains("words=[a, b]", "id=7");
        Heard call = heard.get(0);
        assertThat(call.uri()).isEqualTo("/say/" + job.source().filename() + "?a=1&format=x");
        assertThat(call.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(call.body()).isEqualTo("{\"lang\": \"de\", \"asset\": \"%s\"}".formatted(job.assetId()));
    }

    @Test
    void a_service_that_is_busy_is_called_again_with_the_same_key() throws IOException {
        service = call -> call < 3
                ? new Said(call == 1 ? 503 : 429, "later", Map.of("Retry-After", "0"))
                : new Said(200, "{}", Map.of());
        start("url: %s/\n");
        Job job = ended();
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(heard)
                .hasSize(3)
                .extracting(call -> call.header("Idempotency-key"))
                .containsOnly(heard.get(0).header("Idempotency-key"));
        assertThat(heard.get(0).header("Idempotency-key")).hasSize(32);
    }

    @Test
    void a_refusal_is_final_and_shows_what_was_said() throws IOException {
        service = call -> new Said(422, "{\"error\": \"no such voice\"}", Map.of());
        start("url: %s/?token=abc\n");
        Job job = ended();
        assertThat(job.error().code()).isEqualTo("HTTP_REFUSED");
        assertThat(job.error().message())
                .contains("answered 422", "no such voice")
                .doesNotContain("abc");
        assertThat(heard).hasSize(1);
    }

    @Test
    void a_step_may_say_what_a_status_means() throws IOException {
        service = call -> new Said(404, "", Map.of());
        start("url: %s/\nstatuses: |\n  404: skipped\n");
        Job job = ended();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("call").status()).isEqualTo(StepStatus.SKIPPED);
    }

    @Test
    void an_answer_may_be_a_file() throws IOException {
        service = call -> new Said(200, "WEBVTT\n", Map.of());
        start("url: %s/\nmethod: GET\nanswer: file\nformat: vtt\ntype: transcript\n");
        Job job = ended();
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("call").outputs().toString()).contains("type=transcript", "text/vtt");
    }

    @Test
    void addresses_inside_are_not_called_unless_a_setting_opens_them() throws IOException {
        start("url: %s/\n", Map.of("caravan.call.allow", ""));
        Job job = ended();
        assertThat(job.error().code()).isEqualTo("URL_REFUSED");
        assertThat(heard).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        heard.add(new Heard(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Said said = service.apply(heard.size());
        said.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void start(String parameters) throws IOException {
        start(parameters, Map.of("caravan.call.allow", "127.0.0.1"));
    }

    private void start(String parameters, Map<String, String> changes) throws IOException {
        String url = "http://127.0.0.1:" + site.getAddress().getPort();
        Files.writeString(
                folder.resolve("calling.camel.yaml"),
                """
                - route:
                    id: calling
                    routeConfigurationId: durable
                    description: Of the test.
                    from:
                      uri: direct:calling
                      steps:
                        - step:
                            id: call
                            steps:
                              - to:
                                  uri: kamelet:call-http-action
                                  parameters:
                %s"""
                        .formatted(parameters.formatted(url).indent(20)));
        Map<String, String> settings = new HashMap<>(TestCaravan.ENGINE_ONLY);
        settings.put("caravan.pipelines", folder.toString());
        settings.put("caravan.secret.speech", "s3cret");
        settings.putAll(changes);
        caravan = TestCaravan.start(settings);
    }

    private Job ended() {
        String id = caravan.submit("calling");
        caravan.look();
        return caravan.awaitEnd(id);
    }
}
