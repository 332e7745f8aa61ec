package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalCloudIT {

    @Test
    void says_where_everything_is() {
        assertThat(SharedCloud.get().properties())
                .containsKeys(
                        "caravan.aws.region",
                        "caravan.aws.access-key",
                        "caravan.aws.secret-key",
                        "caravan.s3.endpoint",
                        "caravan.s3.bucket",
                        "caravan.dynamodb.endpoint",
                        "caravan.sqs.endpoint",
                        "caravan.redis.url");
    }
}
