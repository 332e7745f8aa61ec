package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.ScriptedSite;
import dev.caravan.storage.ArchivedTest;
import dev.caravan.storage.MediaFile;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A Caravan whose bucket has archived everything. */
class ArchivedIT {
    static final MediaFile FILE = new MediaFile("b", "uploads/a.mov", "e", 5, "video/quicktime", "a.mov");

    @Test
    void streams_and_retries_say_that_a_file_is_archived_until_it_is_restored() {
        try (ScriptedSite site = ArchivedTest.s3("x-amz-storage-class: GLACIER");
                S3Client s3 = ArchivedTest.client(site);
                TestCaravan caravan = caravan(s3, "proxy")) {
            ApiClient api = new ApiClient(caravan);
            archived(api.get("/api/stream/" + new Footage(caravan).video(FILE)));
            String job = dead(caravan);
            archived(api.json("POST", "/api/v1/jobs/" + job + "/retry", "{}"));
            archived(api.json("POST", "/api/v1/jobs/" + job + "/retry", "{\"dry_run\":true}"));
        }
    }

    @Test
    void a_link_is_given_only_to_a_file_that_can_be_read_and_a_restored_one_is_taken_up_again() {
        try (ScriptedSite site =
                        ArchivedTest.s3("x-amz-storage-class: GLACIER", "x-amz-restore: ongoing-request=\"true\"");
                S3Client s3 = ArchivedTest.client(site);
                TestCaravan caravan = caravan(s3, "redirect")) {
            Answer answer = new ApiClient(caravan).get("/api/stream/" + new Footage(caravan).video(FILE));
            archived(answer);
            assertThat(answer.body().path("detail").asText()).contains("being restored");
        }
        try (ScriptedSite site =
                        ArchivedTest.s3("x-amz-storage-class: GLACIER", "x-amz-restore: ongoing-request=\"false\"");
                S3Client s3 = ArchivedTest.client(site);
                TestCaravan caravan = caravan(s3, "redirect")) {
            ApiClient api = new ApiClient(caravan);
            assertThat(api.get("/api/stream/" + new Footage(caravan).video(FILE))
                            .status())
                    .isEqualTo(302);
            assertThat(api.json("POST", "/api/v1/jobs/" + dead(caravan) + "/retry", "{}")
                            .status())
                    .isEqualTo(202);
        }
    }

    static TestCaravan caravan(S3Client s3, String mode) {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.stream.mode", mode);
        TestCaravan caravan =
                TestCaravan.prepare(changes).through(real -> new CloudClients(s3, real.dynamo(), real.sqs()));
        caravan.start();
        return caravan;
    }

    /** A job that found its source archived. */
    private static String dead(TestCaravan caravan) {
        caravan.stage.set("only", (exchange, step) -> {
            throw StepException.permanent("ARCHIVED", "It is archived", "Restore it");
        });
        String job = caravan.submit("one-act");
        caravan.awaitEnd(job);
        return job;
    }

    private static void archived(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("ARCHIVED");
        assertThat(answer.body().path("advice").asText()).isNotBlank();
    }
}
