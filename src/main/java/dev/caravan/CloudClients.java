package dev.caravan;

import dev.caravan.settings.AmazonHost;
import dev.caravan.settings.Settings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Holds the clients of S3, DynamoDB and SQS, for AWS or the endpoints in the settings. Camel shares them. */
record CloudClients(S3Client s3, DynamoDbClient dynamo, SqsClient sqs) implements AutoCloseable {

    private static final String ANY_BUCKET = "any-bucket";

    /** Makes clients whose requests are not measured. */
    static CloudClients of(Settings settings) {
        return of(settings, new ExecutionInterceptor() {});
    }

    /** @param ofS3 observes the requests to S3 */
    static CloudClients of(Settings settings, ExecutionInterceptor ofS3) {
        return new CloudClients(
                configure(S3Client.builder(), settings, "caravan.s3.endpoint")
                        .overrideConfiguration(change -> change.addExecutionInterceptor(ofS3))
                        .forcePathStyle(pathStyle(settings))
                        .httpClientBuilder(http())
                        .build(),
                configure(DynamoDbClient.builder(), settings, "caravan.dynamodb.endpoint")
                        .httpClientBuilder(http())
                        .build(),
                configure(SqsClient.builder(), settings, "caravan.sqs.endpoint")
                        .httpClientBuilder(http())
                        .build());
    }

    /** Returns whether the bucket is in the path of requests: by the setting, or else where S3 is not that of AWS. */
    static boolean pathStyle(Settings settings) {
        return settings.find("caravan.s3.path-style")
                .map(Boolean::parseBoolean)
                .orElseGet(() -> !AmazonHost.is(endpoint(settings)));
    }

    /** The SDK reads an endpoint from its own environment, properties and profiles as well, so a client is asked. */
    private static URI endpoint(Settings settings) {
        try (S3Client client = configure(S3Client.builder(), settings, "caravan.s3.endpoint")
                .forcePathStyle(true)
                .httpClientBuilder(http())
                .build()) {
            return URI.create(client.utilities()
                    .getUrl(request -> request.bucket(ANY_BUCKET).key("key"))
                    .toString());
        }
    }

    /**
     * Returns the address of S3 without the bucket: from the settings, from {@code AWS_ENDPOINT_URL} of the environment, or
     * from region and partition.
     */
    String s3Endpoint() {
        URI url = URI.create(s3.utilities()
                .getUrl(request -> request.bucket(ANY_BUCKET).key("key"))
                .toString());
        String host = url.getAuthority().replaceFirst("^" + ANY_BUCKET + "\\.", "");
        return url.getScheme() + "://" + host;
    }

    /** Returns a builder, not a client: the SDK closes an HTTP client with its own only if it built it itself. */
    private static ApacheHttpClient.Builder http() {
        return ApacheHttpClient.builder().maxConnections(64);
    }

    private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, Settings settings, String endpoint) {
        builder.region(Region.of(settings.text("caravan.aws.region")));
        builder.credentialsProvider(credentials(settings));
        settings.url(endpoint).ifPresent(builder::endpointOverride);
        return builder;
    }

    private static AwsCredentialsProvider credentials(Settings settings) {
        Optional<String> key = settings.find("caravan.aws.access-key");
        Optional<String> secret = settings.find("caravan.aws.secret-key");
        return key.isPresent() && secret.isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(key.get(), secret.get()))
                : DefaultCredentialsProvider.builder().build();
    }

    @Override
    public void close() {
        s3.close();
        dynamo.close();
        sqs.close();
    }
}
