package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestBodiesTest {
    private static final String DOCUMENT =
            """
            openapi: 3.0.3
            paths:
              /caravans/{id}:
                post:
                  operationId: load
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: {$ref: '#/components/schemas/Load'}
                patch:
                  operationId: rename
                  requestBody:
                    content:
                      application/json:
                        schema:
                          type: object
                          additionalProperties: false
                          properties:
                            name: {type: string, maxLength: 5, nullable: true}
                put:
                  operationId: replace
                  requestBody: {$ref: '#/components/requestBodies/Any'}
            components:
              requestBodies:
                Any:
                  content:
                    application/json:
                      schema: {type: object}
              schemas:
                Load:
                  type: object
                  additionalProperties: false
                  required: [goods]
                  properties:
                    goods: {type: string, enum: [salt, silk]}
                    camels: {type: integer, minimum: 1, maximum: 9}
                    stops:
                      type: array
                      items: {$ref: '#/components/schemas/Stop'}
                Stop:
                  type: object
                  additionalProperties: false
                  properties:
                    at: {type: string, format: date-time}
            """;

    private final RequestBodies bodies = new RequestBodies(contract());

    private static Contract contract() {
        try {
            return new Contract(new ObjectMapper(new YAMLFactory()).readTree(DOCUMENT));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Exchange with(String body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }

    private Problem refused(String operation, String body) {
        return catchThrowableOfType(ProblemException.class, () -> bodies.read(with(body), operation))
                .problem();
    }

    @Test
    void a_body_as_the_schema_says_is_read() {
        assertThat(bodies.read(with("{\"goods\": \"salt\", \"camels\": 3, \"stops\": []}"), "load")
                        .path("camels")
                        .asInt())
                .isEqualTo(3);
        assertThat(bodies.read(with("{\"name\": null}"), "rename").path("name").isNull())
                .isTrue();
        assertThat(bodies.read(with("{\"anything\": 1}"), "replace").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'goods': 'sand'} | /goods | enumeration | /goods may be one of salt, silk",
                "{'goods': 'salt', 'camels': 0} | /camels | minimum value of 1 | integer from 1 to 9",
                "{'goods': 'salt', 'camels': '3'} | /camels | string found, integer expected | integer from 1 to 9",
                "{'camels': 3} | The body | 'goods' is missing | an object with goods, camels, stops",
                "{'goods': 'salt', 'camel': 3} | The body | no property 'camel' | an object with goods, camels, stops",
                "{'goods': 'salt', 'stops': [{}, {'on': 1}]} | /stops/1 | no property 'on' | an object with at",
                "{'goods': 'salt', 'stops': [{'at': 'noon'}]} | /stops/0/at | date-time | of the format date-time",
                "[] | The body | array found, object expected | an object with goods, camels, stops",
            })
    void what_is_wrong_is_named_with_its_place_and_with_what_is_allowed(
            String body, String place, String wrong, String allowed) {
        Problem problem = refused("load", body.replace('\'', '"'));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("INVALID_BODY");
        assertThat(problem.detail()).startsWith(place).contains(wrong);
        assertThat(problem.advice()).contains(allowed);
    }

    @Test
    void a_schema_that_stands_at_its_operation_explains_itself_too() {
        assertThat(refused("rename", "{\"name\": \"a long name\"}").advice())
                .isEqualTo("/name may be string of at most 5 characters, or null.");
    }

    @Test
    void several_faults_are_named_together_and_not_without_end() {
        assertThat(refused("load", "{\"goods\": 1, \"camels\": 0}").detail()).contains("/goods", "/camels");
        String many = "{\"goods\": \"salt\", " + "\"a1\":1,\"a2\":1,\"a3\":1,\"a4\":1,\"a5\":1,\"a6\":1,\"a7\":1}";
        assertThat(refused("load", many).detail()).endsWith("and more");
    }

    @Test
    void what_is_not_json_is_told_with_its_line() {
        Problem problem = refused("load", "{\"goods\":\n salt}");
        assertThat(problem.code()).isEqualTo("INVALID_BODY");
        assertThat(problem.detail()).startsWith("The body is not JSON: line 2, column");
        assertThat(refused("load", "{\"goods\": \"salt\", \"goods\": \"silk\"}").detail())
                .contains("Duplicate");
        assertThat(refused("load", "{\"goods\": \"salt\"} {}").detail()).startsWith("The body is not JSON");
        assertThat(refused("load", "[".repeat(5000)).detail()).startsWith("The body is not JSON");
    }

    @Test
    void a_body_may_be_missing_where_the_operation_says_so() {
        assertThat(bodies.read(with(null), "rename").isMissingNode()).isTrue();
        assertThat(refused("load", "").detail()).isEqualTo("There is no body");
    }

    @Test
    void an_operation_that_takes_no_json_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> bodies.read(with("{}"), "unload"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("load");
    }

    @ParameterizedTest
    @MethodSource("expensive")
    void a_body_that_is_made_to_cost_time_costs_little(String body) {
        Exchange exchange = with(body);
        bodies.read(with("{}"), "replace");
        assertTimeout(Duration.ofSeconds(2), () -> {
            for (String operation : List.of("load", "replace")) {
                try {
                    bodies.read(exchange, operation);
                } catch (ProblemException refused) {
                    assertThat(refused.problem().status()).isEqualTo(400);
                }
            }
        });
    }

    static Stream<String> expensive() {
        String keys =
                IntStream.range(0, 49_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        return Stream.of(
                "{\"id\":" + "9".repeat(1_000_000) + "}",
                "{\"camels\":1" + "0".repeat(99) + "}",
                "{\"id\":0." + "9".repeat(1_000_000) + "}",
                "{\"id\":1e" + "9".repeat(1_000_000) + "}",
                "{\"id\":-" + "0".repeat(1_000_000) + "}",
                "{" + keys + "}",
                "{\"stops\":[" + "{\"x\":1},".repeat(20_000) + "{}]}",
                "{\"" + "k".repeat(1_000_000) + "\":1}",
                "[".repeat(500_000),
                "{\"a\":".repeat(100_000),
                "[" + "1,".repeat(500_000) + "1]",
                " ".repeat(1_000_000));
    }
}
