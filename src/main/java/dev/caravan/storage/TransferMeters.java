package dev.caravan.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Counts the bytes of all objects that went to S3 and came from it. Refused requests do not count. */
public final class TransferMeters implements ExecutionInterceptor {
    private final Counter written;
    private final Counter read;

    public TransferMeters(MeterRegistry meters) {
        written = bytes("caravan.storage.written", "Bytes of objects written to S3", meters);
        read = bytes("caravan.storage.read", "Bytes of objects read from S3", meters);
    }

    private static Counter bytes(String name, String says, MeterRegistry meters) {
        return Counter.builder(name).description(says).baseUnit("bytes").register(meters);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (writes(context.request())) {
            written.increment(context.requestBody()
                    .flatMap(RequestBody::optionalContentLength)
                    .orElse(0L));
        } else if (context.response() instanceof GetObjectResponse found && found.contentLength() != null) {
            read.increment(found.contentLength());
        }
    }

    private static boolean writes(SdkRequest request) {
        return request instanceof PutObjectRequest || request instanceof UploadPartRequest;
    }
}
