package dev.caravan.local;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Refuses keys that a folder of files cannot store, where its delegate would overwrite another object, fail, or name a path
 * of this machine. Returns listing tokens that are valid in XML, for every key at which a page ends.
 */
final class FileKeysBlobStore extends ForwardingBlobStore {
    FileKeysBlobStore(BlobStore delegate) {
        super(delegate);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        new FileKey(request.key()).check();
        return super.putBlob(request, body);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        new FileKey(request.destinationKey()).check();
        possible(request.sourceBucket(), request.sourceKey());
        return super.copyBlob(request);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        new FileKey(request.key()).checkInParts();
        return super.initiateMultipartUpload(request);
    }

    @Override
    public boolean blobExists(String container, String name) {
        return new FileKey(name).possible() && super.blobExists(container, name);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        possible(request.bucket(), request.key());
        return super.blobMetadata(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        possible(request.bucket(), request.key());
        return super.getBlob(request);
    }

    /** Like S3, removes an object that does not exist without an error. */
    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return new FileKey(request.key()).possible()
                ? super.removeBlob(request)
                : DeleteObjectResponse.builder().build();
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        if (request.prefix() != null && !request.prefix().isEmpty() && !new FileKey(request.prefix()).exact()) {
            return ListObjectsV2Response.builder().isTruncated(false).build();
        }
        ListObjectsV2Response page = super.list(request.toBuilder()
                .continuationToken(key(request.continuationToken()))
                .build());
        return page.toBuilder()
                .nextContinuationToken(token(page.nextContinuationToken()))
                .build();
    }

    private static String token(String key) {
        return key == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String token) {
        try {
            return token == null ? null : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Exceptions.invalidArgument("The continuation token provided is incorrect");
        }
    }

    private static void possible(String bucket, String key) {
        if (!new FileKey(key).possible()) {
            throw S3Exceptions.noSuchKey(bucket, key, null);
        }
    }
}
