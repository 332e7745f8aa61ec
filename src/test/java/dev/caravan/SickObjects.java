package dev.caravan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An S3 that answers HEAD of some objects with an error, as for a KMS key that a role may not use. */
final class SickObjects {
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();

    void make(String key, int status) {
        statuses.put(key, status);
    }

    void heal(String key) {
        statuses.remove(key);
    }

    CloudClients around(CloudClients real) {
        S3Client s3 = (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (self, method, arguments) -> {
                    if (method.getName().equals("headObject")) {
                        refuse(key(arguments[0]));
                    }
                    try {
                        return method.invoke(real.s3(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new CloudClients(s3, real.dynamo(), real.sqs());
    }

    private void refuse(String key) {
        Integer status = statuses.get(key);
        if (status != null) {
            throw S3Exception.builder().statusCode(status).message("sick").build();
        }
    }

    @SuppressWarnings("unchecked")
    private static String key(Object request) {
        if (request instanceof HeadObjectRequest ready) {
            return ready.key();
        }
        HeadObjectRequest.Builder builder = HeadObjectRequest.builder();
        ((Consumer<HeadObjectRequest.Builder>) request).accept(builder);
        return builder.build().key();
    }
}
