package dev.caravan.ops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;

/** An AWS account with a bucket and nothing else, which keeps what it is asked to make. */
final class EmptyAccount {
    /** Of a queue, before its name. */
    static final String ARN = "arn:aws-cn:sqs:cn-north-1:123456789012:";

    final Map<String, CreateTableRequest> tables = new TreeMap<>();

    /** Tables, and the attribute that says when their items expire. */
    final Map<String, String> expiring = new TreeMap<>();

    /** Attributes by name, as they were given at creation and later. */
    final Map<String, Map<String, String>> queues = new TreeMap<>();

    final List<QueueConfiguration> notifications = new ArrayList<>();

    final S3Client s3 = new Buckets();
    final DynamoDbClient dynamo = new Database();
    final SqsClient sqs = new Queues();

    /** What S3 answers when it is asked for the bucket, or for its notification; null for nothing unusual. */
    AwsServiceException bucketRefusal;

    AwsServiceException notificationRefusal;

    private static void refuse(AwsServiceException refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    private final class Buckets implements S3Client {
        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            refuse(bucketRefusal);
            return HeadBucketResponse.builder().build();
        }

        @Override
        public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
                PutBucketNotificationConfigurationRequest request) {
            refuse(notificationRefusal);
            notifications.addAll(request.notificationConfiguration().queueConfigurations());
            return PutBucketNotificationConfigurationResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final class Database implements DynamoDbClient {
        @Override
        public DescribeTableResponse describeTable(DescribeTableRequest request) {
            CreateTableRequest made = tables.get(request.tableName());
            if (made == null) {
                throw ResourceNotFoundException.builder().build();
            }
            return DescribeTableResponse.builder()
                    .table(table -> table.tableStatus(TableStatus.ACTIVE)
                            .globalSecondaryIndexes(made.globalSecondaryIndexes().stream()
                                    .map(index -> GlobalSecondaryIndexDescription.builder()
                                            .indexName(index.indexName())
                                            .indexStatus(IndexStatus.ACTIVE)
                                            .build())
                                    .toList()))
                    .build();
        }

        @Override
        public CreateTableResponse createTable(CreateTableRequest request) {
            tables.put(request.tableName(), request);
            return CreateTableResponse.builder().build();
        }

        @Override
        public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
            boolean enabled = expiring.containsKey(request.tableName());
            return DescribeTimeToLiveResponse.builder()
                    .timeToLiveDescription(
                            ttl -> ttl.timeToLiveStatus(enabled ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED))
                    .build();
        }

        @Override
        public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
            expiring.put(request.tableName(), request.timeToLiveSpecification().attributeName());
            return UpdateTimeToLiveResponse.builder().build();
        }

        @Override
        public DynamoDbWaiter waiter() {
            return DynamoDbWaiter.builder().client(this).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    /** The URL of a queue is its name. */
    private final class Queues implements SqsClient {
        @Override
        public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            if (!queues.containsKey(request.queueName())) {
                throw QueueDoesNotExistException.builder().build();
            }
            return GetQueueUrlResponse.builder().queueUrl(request.queueName()).build();
        }

        @Override
        public CreateQueueResponse createQueue(CreateQueueRequest request) {
            queues.put(request.queueName(), new TreeMap<>(request.attributesAsStrings()));
            return CreateQueueResponse.builder().queueUrl(request.queueName()).build();
        }

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            Map<QueueAttributeName, String> all = new HashMap<>();
            queues.get(request.queueUrl()).forEach((name, value) -> all.put(QueueAttributeName.fromValue(name), value));
            all.put(QueueAttributeName.QUEUE_ARN, ARN + request.queueUrl());
            all.keySet().retainAll(request.attributeNames());
            return GetQueueAttributesResponse.builder().attributes(all).build();
        }

        @Override
        public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
            queues.get(request.queueUrl()).putAll(request.attributesAsStrings());
            return SetQueueAttributesResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
