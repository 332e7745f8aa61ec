package dev.caravan.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.json.Json;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What provision says where an account or a store is not as it should be. */
class ProvisionTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "caravan.name", "caravan",
            "caravan.aws.region", "cn-north-1",
            "caravan.s3.bucket", "media",
            "caravan.table.assets", "caravan-assets",
            "caravan.table.jobs", "caravan-jobs",
            "caravan.queue.events", "caravan-s3-events",
            "caravan.queue.jobs", "caravan-jobs");

    private final EmptyAccount account = new EmptyAccount();
    private final Settings settings = new Settings(key -> Optional.ofNullable(SETTINGS.get(key)));
    private final Provision provision = new Provision(account.s3, account.dynamo, account.sqs, settings);

    @Test
    void the_queue_lets_the_bucket_in_by_its_own_partition_and_account() {
        provision.create(made -> {});
        provision.notifyQueue();
        assertThat(Json.parse(account.queues.get("caravan-s3-events").get("Policy"))
                        .toString())
                .contains("aws:SourceArn=arn:aws-cn:s3:::media", "aws:SourceAccount=123456789012")
                .contains("Resource=arn:aws-cn:sqs:cn-north-1:123456789012:caravan-s3-events");
    }

    @Test
    void a_queue_without_a_dead_letter_queue_gets_one_and_nothing_else_is_changed() {
        account.queues.put("caravan-s3-events", new TreeMap<>(Map.of("VisibilityTimeout", "30")));
        List<String> made = new ArrayList<>();
        provision.create(made::add);
        assertThat(made).contains("dead-letter queue of queue caravan-s3-events");
        assertThat(account.queues.get("caravan-s3-events"))
                .containsEntry("VisibilityTimeout", "30")
                .hasEntrySatisfying(
                        "RedrivePolicy", policy -> assertThat(policy).contains("caravan-s3-events-dead"));
        assertThat(account.queues.get("caravan-s3-events-dead")).containsEntry("MessageRetentionPeriod", "1209600");
        made.clear();
        provision.create(made::add);
        assertThat(made).isEmpty();
    }

    @Test
    void a_bucket_that_takes_no_notifications_is_one_sentence_with_what_to_do() {
        account.notificationRefusal = s3(501, "A header implies what is not implemented.", Map.of());
        List<String> made = new ArrayList<>();
        provision.create(made::add);
        assertThat(made).contains("queue caravan-jobs with its dead-letter queue");
        assertThatThrownBy(provision::notifyQueue)
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("takes no notification")
                .hasMessageContaining("CARAVAN_INGEST_POLL=true");
        account.notificationRefusal = s3(403, "Access Denied", Map.of());
        assertThatThrownBy(provision::notifyQueue)
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("s3:PutBucketNotification");
    }

    @Test
    void a_bucket_in_another_region_is_named_with_that_region() {
        for (int status : new int[] {301, 400, 403}) {
            account.bucketRefusal = s3(status, "Moved Permanently", Map.of("x-amz-bucket-region", "eu-west-3"));
            for (Runnable work : List.<Runnable>of(provision::check, () -> provision.create(made -> {}))) {
                assertThatThrownBy(work::run)
                        .isInstanceOf(InvalidSetting.class)
                        .hasMessage("Setting caravan.aws.region = cn-north-1: bucket media lies in eu-west-3."
                                + " Set AWS_REGION=eu-west-3; bucket, tables and queues share one region.");
            }
        }
        account.bucketRefusal = s3(403, "Forbidden", Map.of("x-amz-bucket-region", "cn-north-1"));
        assertThatThrownBy(provision::check).hasMessageContaining("S3 cannot be used");
    }

    @Test
    void the_health_of_s3_names_that_region_too() throws Exception {
        account.bucketRefusal = s3(301, "Moved Permanently", Map.of("x-amz-bucket-region", "eu-west-3"));
        Finding found = Stores.of(settings, account.s3, account.dynamo, account.sqs)
                .get(0)
                .look();
        assertThat(found.status()).isEqualTo("disconnected");
        assertThat(found.message()).contains("bucket media lies in eu-west-3");
        assertThat(found.advice()).isEqualTo("Set AWS_REGION=eu-west-3 and start again.");
    }

    private static AwsServiceException s3(int status, String message, Map<String, String> headers) {
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(status);
        headers.forEach(http::putHeader);
        return S3Exception.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorMessage(message)
                        .sdkHttpResponse(http.build())
                        .build())
                .build();
    }
}
