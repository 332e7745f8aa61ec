package dev.caravan.local;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SDK clients from the properties of an embedded cloud. */
public record Clients(Map<String, String> properties) {

    static Clients ofSharedCloud() {
        return new Clients(SharedCloud.get().properties());
    }

    public S3Client s3() {
        return configure(S3Client.builder(), "s3")
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(endpoint("s3"))
                .region(region())
                .credentialsProvider(credentials())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    public DynamoDbClient dynamoDb() {
        return configure(DynamoDbClient.builder(), "dynamodb")
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    public SqsClient sqs() {
        return configure(SqsClient.builder(), "sqs")
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    public String bucket() {
        return properties.get("caravan.s3.bucket");
    }

    public String get(String key) {
        return properties.get("caravan." + key);
    }

    private <B extends AwsClientBuilder<B, ?>> B configure(B builder, String service) {
        return builder.endpointOverride(endpoint(service)).region(region()).credentialsProvider(credentials());
    }

    private URI endpoint(String service) {
        return URI.create(get(service + ".endpoint"));
    }

    private Region region() {
        return Region.of(get("aws.region"));
    }

    private AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(get("aws.access-key"), get("aws.secret-key")));
    }
}
