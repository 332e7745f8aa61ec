package dev.caravan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Local servers are too kind. This stands between Caravan and them and does what a real cloud does on a bad day:
 * transaction conflicts, answers that get lost after the write was done, index pages from the past, messages that are lost
 * or come twice, and 503s. A seed makes it repeatable as far as threads allow.
 */
public final class HostileCloud {
    private final Random random;
    private final Map<String, QueryResponse> past = new ConcurrentHashMap<>();
    private final AtomicInteger faults = new AtomicInteger();

    public HostileCloud(long seed) {
        random = new Random(seed);
    }

    CloudClients around(CloudClients real) {
        return new CloudClients(
                proxy(S3Client.class, real.s3(), this::s3),
                proxy(DynamoDbClient.class, real.dynamo(), this::dynamo),
                proxy(SqsClient.class, real.sqs(), this::sqs));
    }

    public int faults() {
        return faults.get();
    }

    private interface Call {
        Object proceed() throws Throwable;
    }

    private interface Mischief {
        Object on(String method, Object[] arguments, Call call) throws Throwable;
    }

    private Object dynamo(String method, Object[] arguments, Call call) throws Throwable {
        if (method.equals("transactWriteItems") && strike(0.15)) {
            throw TransactionCanceledException.builder()
                    .message("Transaction cancelled: hostile")
                    .cancellationReasons(CancellationReason.builder()
                            .code("TransactionConflict")
                            .build())
                    .build();
        }
        if (method.equals("updateItem") && strike(0.1)) {
            // The answer got lost, and the SDK asked again.
            call.proceed();
            return call.proceed();
        }
        if (method.equals("updateItem") && strike(0.03)) {
            throw DynamoDbException.builder()
                    .statusCode(503)
                    .message("hostile 503")
                    .build();
        }
        if (method.equals("query") && arguments[0] instanceof QueryRequest query && query.indexName() != null) {
            return stale(query, call);
        }
        return call.proceed();
    }

    private Object stale(QueryRequest query, Call call) throws Throwable {
        Map<String, AttributeValue> values = new TreeMap<>(query.expressionAttributeValues());
        values.remove(":now");
        String key = query.toBuilder().expressionAttributeValues(values).build().toString();
        QueryResponse before = past.get(key);
        if (before != null && strike(0.3)) {
            return before;
        }
        QueryResponse now = (QueryResponse) call.proceed();
        past.put(key, now);
        return now;
    }

    private Object sqs(String method, Object[] arguments, Call call) throws Throwable {
        if (method.equals("deleteMessage") && strike(0.2)) {
            // Never deleted: it comes again.
            return null;
        }
        if (method.equals("sendMessage") && strike(0.1)) {
            // Lost on the way.
            return null;
        }
        if (method.equals("sendMessage") && strike(0.1)) {
            // It arrives twice.
            call.proceed();
            return call.proceed();
        }
        return call.proceed();
    }

    private Object s3(String method, Object[] arguments, Call call) throws Throwable {
        if ((method.equals("getObject") || method.equals("putObject") || method.equals("headObject")) && strike(0.03)) {
            throw S3Exception.builder()
                    .statusCode(503)
                    .message("Slow Down (hostile)")
                    .build();
        }
        return call.proceed();
    }

    private synchronized boolean strike(double probability) {
        boolean strike = random.nextDouble() < probability;
        if (strike) {
            faults.incrementAndGet();
        }
        return strike;
    }

    private static <T> T proxy(Class<T> type, T real, Mischief mischief) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> isLocal(method)
                        ? invoke(method, real, arguments)
                        : mischief.on(method.getName(), arguments, () -> invoke(method, real, arguments))));
    }

    private static boolean isLocal(Method method) {
        return method.getDeclaringClass() == Object.class || method.getParameterCount() == 0;
    }

    private static Object invoke(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
