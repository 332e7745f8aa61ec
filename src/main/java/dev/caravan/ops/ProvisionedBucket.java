package dev.caravan.ops;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Checks and creates the bucket and its notifications of new objects. */
final class ProvisionedBucket {
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Client s3;
    private final Settings settings;

    ProvisionedBucket(S3Client s3, Settings settings) {
        this.s3 = s3;
        this.settings = settings;
    }

    String name() {
        return settings.text("caravan.s3.bucket");
    }

    /** @throws WrongRegionException when it is in another region */
    boolean exists() {
        try {
            s3.headBucket(request -> request.bucket(name()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return false;
            }
            WrongRegionException.check(e, name(), region());
            throw e;
        }
    }

    void create() {
        s3.createBucket(request -> {
            request.bucket(name());
            // us-east-1 is the one region that must not be named here.
            if (!region().equals("us-east-1")) {
                request.createBucketConfiguration(
                        where -> where.locationConstraint(BucketLocationConstraint.fromValue(region())));
            }
        });
    }

    /** @throws InvalidSetting when it accepts no notifications, or not from Caravan */
    void announceTo(String queueArn) {
        try {
            s3.putBucketNotificationConfiguration(request -> request.bucket(name())
                    .notificationConfiguration(config -> config.queueConfigurations(
                            queue -> queue.queueArn(queueArn).events(Event.S3_OBJECT_CREATED))));
        } catch (S3Exception e) {
            if (e.statusCode() >= SERVER_ERROR && e.statusCode() != NOT_IMPLEMENTED) {
                throw e;
            }
            throw new InvalidSetting("caravan.s3.bucket", name(), silent(e));
        }
    }

    private static String silent(S3Exception e) {
        String why = e.statusCode() == FORBIDDEN
                ? "these credentials may not set its notification (s3:PutBucketNotification), which is all that is missing"
                : "it takes no notification, which is all that is missing; S3 says: %s".formatted(said(e));
        return why
                + ". Set it by other means, or set CARAVAN_INGEST_POLL=true: then Caravan looks for new objects itself.";
    }

    private static String said(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? "status " + e.statusCode()
                : e.awsErrorDetails().errorMessage().replaceFirst("\\.$", "");
    }

    private String region() {
        return settings.text("caravan.aws.region");
    }
}
