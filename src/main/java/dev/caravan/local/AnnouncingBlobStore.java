package dev.caravan.local;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.time.Instant;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Stores objects through its delegate, and announces each new object of one bucket after it is stored. */
final class AnnouncingBlobStore extends ForwardingBlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncingBlobStore.class);

    /** S3Proxy's own notes about unfinished multipart uploads: stored as objects, but not objects of a client. */
    private static final String MULTIPART_NOTE = ".s3proxy-mpu-stub-";

    private static final int READ_AT_ONCE = 256 * 1024;

    private final LocalSettings settings;
    private final EventQueue events;

    AnnouncingBlobStore(BlobStore delegate, LocalSettings settings, EventQueue events) {
        super(delegate);
        this.settings = settings;
        this.events = events;
    }

    /** S3Proxy copies what it sends 8 KiB at a time; so few bytes are not worth a read of the file. */
    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        ResponseInputStream<GetObjectResponse> blob = super.getBlob(request);
        return blob == null
                ? null
                : new ResponseInputStream<>(blob.response(), new BufferedInputStream(blob, READ_AT_ONCE));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
        PutObjectResponse stored = super.putBlob(request, body);
        announce("ObjectCreated:Put", request.bucket(), request.key());
        return stored;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse stored = super.copyBlob(request);
        announce("ObjectCreated:Copy", request.destinationBucket(), request.destinationKey());
        return stored;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse stored = super.completeMultipartUpload(upload, request);
        announce("ObjectCreated:CompleteMultipartUpload", upload.containerName(), upload.blobName());
        return stored;
    }

    /** Never fails: the object is stored, and the client must get a success. */
    private void announce(String name, String bucket, String key) {
        if (!bucket.equals(settings.bucket()) || key.startsWith(MULTIPART_NOTE)) {
            return;
        }
        try {
            HeadObjectResponse head = delegate().blobMetadata(bucket, key);
            events.send(new S3Notification(
                    name,
                    settings.region(),
                    bucket,
                    key,
                    head.contentLength(),
                    head.eTag() == null ? null : head.eTag().replace("\"", ""),
                    events.nextSequencer(),
                    Instant.now()));
        } catch (RuntimeException e) {
            LOG.warn("The S3 event {} of {} was lost, the reconciler will find the object", name, key, e);
        }
    }
}
