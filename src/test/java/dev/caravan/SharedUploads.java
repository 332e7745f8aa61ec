package dev.caravan;

import dev.caravan.asset.AssetId;
import dev.caravan.job.Job;
import dev.caravan.records.Items;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Uploads as tests make and follow them. */
final class SharedUploads {
    private SharedUploads() {}

    /** Returns the id that the asset will have. */
    static String put(S3Client s3, String bucket, String key, Path file) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
        return id(s3, bucket, key);
    }

    /** The id of the asset that the object is, or a text that is none. */
    static String id(S3Client s3, String bucket, String key) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket).key(key));
            return AssetId.of(bucket, key, head.versionId(), head.eTag().replace("\"", ""), head.lastModified());
        } catch (NoSuchKeyException e) {
            return "none";
        }
    }

    static List<Job> jobs(TestCaravan caravan, String assetId) {
        return caravan
                .wiring()
                .records
                .query(QueryRequest.builder()
                        .tableName(caravan.property("caravan.name") + "-jobs")
                        .indexName("asset_id-created_at-index")
                        .keyConditionExpression("asset_id = :id")
                        .expressionAttributeValues(Items.attributes(Map.of(":id", assetId)))
                        .build())
                .items()
                .stream()
                .map(item -> caravan.job(item.get("job_id").s()))
                .toList();
    }
}
