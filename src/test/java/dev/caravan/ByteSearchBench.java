package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import dev.caravan.job.NameKey;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * List, search and statistics over few and over many records, request beside request. {@code -Dcaravan.bench.records=1000000}
 * for a million. Prints; asserts nothing but that the answers are good.
 */
@Tag("bench")
class ByteSearchBench {
    private static final int FEW = 1_000;
    private static final int MANY = Integer.getInteger("caravan.bench.records", 100_000);
    private static final int BATCH = 25;
    private static final int ROUNDS = 60;
    private static final int WARM_UP = 20;
    private static final String[] STATUSES = {"COMPLETED", "COMPLETED", "COMPLETED", "COMPLETED", "FAILED", "QUEUED"};

    /** Requests by what they show; {@code %s} is the id of a job. */
    private static final Map<String, String> REQUESTS = requests();

    private static Map<String, String> requests() {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("list page", "/api/v1/jobs?limit=50");
        requests.put("list page, one status", "/api/v1/jobs?limit=50&status=FAILED");
        requests.put("one job", "/api/v1/jobs/%s");
        requests.put("search by id", "/api/v1/jobs?q=%s");
        requests.put("search by name prefix, 100 names at most", "/api/v1/jobs?q=clip-0000");
        requests.put("search by asset", "/api/v1/jobs?asset_id=asset-7");
        requests.put(
                "search by owner within a status, to the end of the budget",
                "/api/v1/jobs?status=COMPLETED&owner=nobody");
        requests.put("statistics of queues", "/api/v1/queues");
        requests.put("statistics of all", "/api/v1/video-processing-stats");
        return requests;
    }

    @Test
    void few_records_and_many() throws Exception {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        try (TestCaravan few = TestCaravan.start(changes);
                TestCaravan many = TestCaravan.start(changes)) {
            fill(few, FEW);
            fill(many, MANY);
            ApiClient ofFew = new ApiClient(few);
            ApiClient ofMany = new ApiClient(many);
            for (Map.Entry<String, String> request : REQUESTS.entrySet()) {
                String path = request.getValue().formatted(id(FEW / 2));
                if (ofFew.get(path).status() == 404) {
                    continue;
                }
                List<Double> ratios = new ArrayList<>();
                List<Double> fewMillis = new ArrayList<>();
                List<Double> manyMillis = new ArrayList<>();
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    boolean fewFirst = round % 2 == 0;
                    double first = millis(fewFirst ? ofFew : ofMany, path);
                    double second = millis(fewFirst ? ofMany : ofFew, path);
                    if (round >= 0) {
                        fewMillis.add(fewFirst ? first : second);
                        manyMillis.add(fewFirst ? second : first);
                        ratios.add(manyMillis.get(round) / fewMillis.get(round));
                    }
                }
                print(
                        "%s: %.1f ms with %d records, %.1f ms with %d; ratio %.2f (medians of %d pairs)",
                        request.getKey(), median(fewMillis), FEW, median(manyMillis), MANY, median(ratios), ROUNDS);
            }
        }
    }

    private static double millis(ApiClient api, String path) {
        long start = System.nanoTime();
        Answer answer = api.get(path);
        double millis = (System.nanoTime() - start) / 1e6;
        assertThat(answer.status()).as(path).isEqualTo(200);
        return millis;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String id(int job) {
        return "00000000-0000-4000-8000-%012d".formatted(job);
    }

    private static void fill(TestCaravan caravan, int jobs) throws Exception {
        DynamoDbClient dynamo = caravan.clients().dynamo();
        String table = caravan.caravan().setting("caravan.table.jobs");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> batches = new ArrayList<>();
        for (int from = 0; from < jobs; from += BATCH) {
            List<WriteRequest> batch = Stream.iterate(from, job -> job + 1)
                    .limit(Math.min(BATCH, jobs - from))
                    .map(ByteSearchBench::record)
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            batches.add(threads.submit(() -> dynamo.batchWriteItem(write -> write.requestItems(Map.of(table, batch)))));
        }
        for (Future<?> batch : batches) {
            batch.get();
        }
        threads.shutdown();
    }

    /** Ten assets have ten jobs each, and so have ten names; all others have one. */
    private static Map<String, AttributeValue> record(int job) {
        Instant created = Instant.parse("2026-01-14T00:00:00Z").plusMillis(job * 100L);
        String now = Timestamps.of(created);
        int file = job < 100 ? job / 10 : job;
        Map<String, Object> item = new HashMap<>(Map.of(
                "job_id",
                id(job),
                "item",
                "job",
                "asset_id",
                "asset-" + file,
                "owner",
                "default",
                "pipeline",
                "three-acts",
                "status",
                STATUSES[job % STATUSES.length],
                "priority",
                10,
                "created_at",
                now,
                "updated_at",
                now));
        item.put("source", Map.of("filename", name(file)));
        item.putAll(NameKey.attributes(name(file), created, id(job)));
        return Items.attributes(item);
    }

    private static String name(int file) {
        return "clip-%06d.mov".formatted(file);
    }

    private static void print(String format, Object... values) throws IOException {
        String line = String.format(Locale.ROOT, format, values);
        System.out.println("BENCH " + line);
        Files.writeString(
                Path.of("target", "bench.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
