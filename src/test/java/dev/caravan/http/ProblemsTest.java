package dev.caravan.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

class ProblemsTest {

    @Test
    void a_problem_is_written_as_rfc_9457_has_it() {
        Problem problem = Problem.of(ProblemCode.UNKNOWN_VIDEO, "There is none", "Look elsewhere")
                .at("/api/videos/x");
        Map<String, Object> json = Json.parse(new String(problem.json(), StandardCharsets.UTF_8));
        assertThat(json)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "type", "urn:caravan:problem:unknown-video",
                        "title", "There is no such video",
                        "status", 404,
                        "code", "UNKNOWN_VIDEO",
                        "detail", "There is none",
                        "advice", "Look elsewhere",
                        "instance", "/api/videos/x"));
    }

    @Test
    void nothing_of_our_own_fault_is_told_but_its_number_in_the_log() {
        Problem problem = Problems.of(new IllegalStateException("password=swordfish"));
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.errorId()).matches("[0-9a-f]{8}");
        assertThat(new String(problem.json(), StandardCharsets.UTF_8))
                .doesNotContain("swordfish", "IllegalState", "dev.caravan");
    }

    @Test
    void a_store_that_may_come_back_is_told_from_a_request_of_ours_that_is_wrong() {
        assertThat(Problems.of(SdkClientException.create("Connection refused")).status())
                .isEqualTo(503);
        assertThat(Problems.of(DynamoDbException.builder().statusCode(500).build())
                        .status())
                .isEqualTo(503);
        assertThat(Problems.of(ProvisionedThroughputExceededException.builder()
                                .statusCode(400)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode("ProvisionedThroughputExceededException")
                                        .build())
                                .build())
                        .code())
                .isEqualTo(ProblemCode.STORE_UNAVAILABLE.name());
        assertThat(Problems.of(DynamoDbException.builder().statusCode(400).build())
                        .status())
                .isEqualTo(500);
    }

    @Test
    void a_problem_is_found_below_what_wraps_it() {
        ProblemException inner = new ProblemException(ProblemCode.INVALID_LIMIT, "0", "1");
        assertThat(Problems.of(new RuntimeException(inner)).code()).isEqualTo(ProblemCode.INVALID_LIMIT.name());
    }

    @Test
    void the_contract_lists_every_code() {
        assertThat(Contract.load().document().at("/components/schemas/Problem/properties/code/enum"))
                .extracting(node -> node.asText())
                .containsExactlyElementsOf(
                        Stream.of(ProblemCode.values()).map(Enum::name).toList());
    }
}
