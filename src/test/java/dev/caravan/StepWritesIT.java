package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** How often a job's items are written, and under which condition. */
class StepWritesIT {
    private static final int MAX_WRITES_PER_STEP = 3;

    private final List<Written> written = new CopyOnWriteArrayList<>();
    private TestCaravan caravan;

    /** @param item {@code job}, or an event of the history */
    private record Written(String job, String item, String condition) {
        static Optional<Written> of(Map<String, AttributeValue> key, String condition) {
            AttributeValue job = key.get("job_id");
            return job == null
                    ? Optional.empty()
                    : Optional.of(new Written(job.s(), key.get("item").s(), condition));
        }
    }

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY)
                .through(real -> new CloudClients(real.s3(), watched(real.dynamo()), real.sqs()));
        caravan.start();
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    private DynamoDbClient watched(DynamoDbClient real) {
        Class<?>[] types = {DynamoDbClient.class};
        return (DynamoDbClient)
                Proxy.newProxyInstance(getClass().getClassLoader(), types, (self, method, arguments) -> {
                    if (arguments != null) {
                        writes(arguments[0]).forEach(written::add);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A transaction counts with each of its parts, as DynamoDB counts it. */
    private static Stream<Written> writes(Object request) {
        if (request instanceof UpdateItemRequest update) {
            return Written.of(update.key(), update.conditionExpression()).stream();
        }
        return request instanceof TransactWriteItemsRequest transaction
                ? transaction.transactItems().stream().flatMap(StepWritesIT::part)
                : Stream.empty();
    }

    private static Stream<Written> part(TransactWriteItem part) {
        Update update = part.update();
        Put put = part.put();
        if (update != null) {
            return Written.of(update.key(), update.conditionExpression()).stream();
        }
        return put == null ? Stream.empty() : Written.of(put.item(), put.conditionExpression()).stream();
    }

    private List<Written> of(String pipeline) {
        String job = caravan.submit(pipeline);
        caravan.awaitEnd(job);
        return written.stream().filter(each -> each.job().equals(job)).toList();
    }

    @Test
    void a_further_step_costs_three_conditional_writes_at_most() {
        int one = of("one-act").size();
        int three = of("three-acts").size();
        assertThat(three - one).isBetween(2, 2 * MAX_WRITES_PER_STEP);
    }

    @Test
    void the_whole_of_a_job_costs_no_more_than_three_writes_a_step_beside_its_acceptance_and_claim() {
        List<Written> records = of("three-acts").stream()
                .filter(each -> each.item().equals("job"))
                .toList();
        assertThat(records).hasSizeLessThanOrEqualTo(2 + 3 * MAX_WRITES_PER_STEP);
    }

    @Test
    void after_its_acceptance_a_jobs_record_is_written_under_a_condition_only() {
        List<Written> records = of("three-acts").stream()
                .filter(each -> each.item().equals("job"))
                .toList();
        assertThat(records.subList(1, records.size())).isNotEmpty().allSatisfy(each -> assertThat(each.condition())
                .isNotBlank());
    }
}
