package dev.caravan.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class WriteTest {
    @Test
    void every_name_and_value_goes_through_a_placeholder_once() {
        UpdateItemRequest request = Write.to("jobs", Map.of("job_id", "j"))
                .set("status", "FAILED")
                .set("steps.convert", Map.of("status", "FAILED"))
                .add("retry_count", 1)
                .where("fence", 7)
                .whereExists("lease")
                .request()
                .build();
        assertThat(request.updateExpression()).isEqualTo("SET #n0 = :v0, #n1.#n2 = :v1 ADD #n3 :v2");
        assertThat(request.conditionExpression()).isEqualTo("#n4 = :v3 AND attribute_exists(#n5)");
        assertThat(request.expressionAttributeNames())
                .containsEntry("#n0", "status")
                .containsEntry("#n2", "convert")
                .hasSize(6);
    }

    @Test
    void what_was_said_last_of_a_path_counts() {
        UpdateItemRequest request = Write.to("jobs", Map.of("job_id", "j"))
                .set("progress_percentage", 40)
                .set("error", "x")
                .set("progress_percentage", 100)
                .set("error", null)
                .request()
                .build();
        assertThat(request.updateExpression()).isEqualTo("SET #n0 = :v0 REMOVE #n1");
        assertThat(request.expressionAttributeValues().get(":v0").n()).isEqualTo("100");
        assertThat(request.conditionExpression()).isNull();
    }

    @Test
    void json_survives_the_way_through_an_item() {
        Map<String, Object> json = Map.of(
                "text",
                "ä",
                "whole",
                7L,
                "part",
                2.5,
                "flag",
                true,
                "list",
                List.of(1L, "two"),
                "map",
                Map.of("deep", 1L));
        assertThat(Items.map(Items.attributes(json))).isEqualTo(json);
    }
}
