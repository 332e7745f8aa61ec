package dev.caravan.ops;

import dev.caravan.settings.InvalidSetting;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says that the bucket is in another region than the one that is set. S3 answers with a redirect or a refusal, and names the
 * region in a header.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">x-amz-bucket-region</a>
 */
final class WrongRegionException extends InvalidSetting {
    private static final long serialVersionUID = 1L;
    private static final String REGION = "x-amz-bucket-region";

    private final String advice;

    private WrongRegionException(String bucket, String actual, String expected) {
        super(
                "caravan.aws.region",
                expected,
                "bucket %s lies in %s. Set AWS_REGION=%s; bucket, tables and queues share one region."
                        .formatted(bucket, actual, actual));
        this.advice = "Set AWS_REGION=%s and start again.".formatted(actual);
    }

    String advice() {
        return advice;
    }

    /** @throws WrongRegionException when S3's answer names another region than {@code expected} */
    static void check(S3Exception answer, String bucket, String expected) {
        Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap((SdkHttpResponse http) -> http.firstMatchingHeader(REGION))
                .filter(actual -> !actual.equals(expected))
                .ifPresent(actual -> {
                    throw new WrongRegionException(bucket, actual, expected);
                });
    }
}
