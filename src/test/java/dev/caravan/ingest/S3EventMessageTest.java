package dev.caravan.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3EventMessageTest {
    private static final String TWO_RECORDS =
            """
            {"Records":[
              {"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
               "s3":{"bucket":{"name":"b"},"object":{"key":"uploads/clip+one%2B%C3%A9.mov","size":3,"eTag":"e1","sequencer":"0A"}}},
              {"eventName":"ObjectCreated:CompleteMultipartUpload",
               "s3":{"bucket":{"name":"b"},"object":{"key":"uploads/two.mp4","eTag":"e2-2"}}}]}""";

    private final S3EventMessage messages = new S3EventMessage();

    @Test
    void every_record_counts_and_keys_are_decoded() {
        assertThat(messages.creations(TWO_RECORDS))
                .containsExactly(
                        new S3Event("b", "uploads/clip one+é.mov", "uploads/clip+one%2B%C3%A9.mov", "e1", "0A"),
                        new S3Event("b", "uploads/two.mp4", "e2-2", null));
    }

    @Test
    void the_same_wrapped_by_sns_is_unwrapped() {
        String sns = Json.text(Map.of("Type", "Notification", "Message", TWO_RECORDS));
        assertThat(messages.creations(sns)).hasSize(2);
    }

    @Test
    void the_same_wrapped_by_sns_as_a_lambda_record_is_unwrapped() {
        String sns = Json.text(Map.of("Records", List.of(Map.of("Sns", Map.of("Message", TWO_RECORDS)))));
        assertThat(messages.creations(sns)).hasSize(2);
    }

    @Test
    void keys_of_eventbridge_are_taken_as_they_are() {
        String event =
                """
                {"version":"0","detail-type":"Object Created","source":"aws.s3",
                 "detail":{"bucket":{"name":"b"},"object":{"key":"uploads/100%+one.mov","size":3,"etag":"e1","sequencer":"0A"}}}""";
        assertThat(messages.creations(event)).containsExactly(new S3Event("b", "uploads/100%+one.mov", "e1", "0A"));
    }

    @Test
    void test_events_removals_and_other_news_are_nothing() {
        assertThat(messages.creations("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"))
                .isEmpty();
        assertThat(messages.creations(TWO_RECORDS.replace("ObjectCreated", "ObjectRemoved")))
                .isEmpty();
        assertThat(messages.creations("{\"source\":\"aws.s3\",\"detail-type\":\"Object Deleted\",\"detail\":{}}"))
                .isEmpty();
        assertThat(messages.creations("{\"Records\":[]}")).isEmpty();
        assertThat(messages.creations("{\"Records\":[{},{\"s3\":7},null]}")).isEmpty();
    }

    @Test
    void what_is_no_event_is_refused_by_name() {
        for (String text : new String[] {"", "hello", "[]", "7", "{}", "{\"Message\":\"hello\"}", "{\"Records\":"}) {
            assertThatThrownBy(() -> messages.creations(text)).as(text).isInstanceOf(S3EventMessage.Unreadable.class);
        }
    }

    @Test
    void a_key_that_is_not_encoded_is_taken_as_it_stands_and_so_are_those_beside_it() {
        String raw = TWO_RECORDS.replace("uploads/clip+one%2B%C3%A9.mov", "uploads/100% real.mp4");
        assertThat(messages.creations(raw))
                .extracting(S3Event::key)
                .containsExactly("uploads/100% real.mp4", "uploads/two.mp4");
        String sns = Json.text(Map.of("Type", "Notification", "Message", raw));
        assertThat(messages.creations(sns)).hasSize(2);
        for (String odd : new String[] {"uploads/%.mp4", "uploads/%0.mp4", "uploads/%zz.mp4", "uploads/a%"}) {
            assertThat(messages.creations(TWO_RECORDS.replace("uploads/two.mp4", odd)))
                    .extracting(S3Event::key)
                    .contains(odd);
        }
    }

    @Test
    void a_plus_may_be_a_blank_or_a_plus() {
        S3Event event = messages.creations(TWO_RECORDS.replace("uploads/two.mp4", "uploads/a+b.mp4"))
                .get(1);
        assertThat(event.keys()).containsExactly("uploads/a b.mp4", "uploads/a+b.mp4");
        assertThat(messages.creations(TWO_RECORDS).get(1).keys()).containsExactly("uploads/two.mp4");
    }

    @Test
    void a_record_that_cannot_be_read_is_named_and_those_beside_it_count() {
        List<String> unreadable = new ArrayList<>();
        String message = Json.text(Map.of(
                "Records",
                List.of(Map.of("Sns", Map.of("Message", "hello")), Map.of("Sns", Map.of("Message", TWO_RECORDS)))));
        assertThat(new S3EventMessage(unreadable::add).creations(message)).hasSize(2);
        assertThat(unreadable).singleElement().asString().startsWith("Not JSON");
    }

    @Test
    void a_message_wrapped_in_itself_ends() {
        String wrapped = TWO_RECORDS;
        for (int i = 0; i < 9; i++) {
            wrapped = Json.text(Map.of("Message", wrapped));
        }
        String deep = wrapped;
        assertThatThrownBy(() -> messages.creations(deep)).isInstanceOf(S3EventMessage.Unreadable.class);
    }
}
