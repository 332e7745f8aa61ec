package dev.caravan.job;

import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The line's index in memory, sorted as DynamoDB sorts it, with pages; remembers what it was asked. */
public final class FakeLine implements DynamoDbClient {
    private static final int MAX_OF_A_PAGE = 4_000;

    private final Map<String, NavigableMap<String, Map<String, Object>>> partitions = new HashMap<>();
    private final Map<String, ReadyJob> waiting = new HashMap<>();
    private final Set<String> held = new HashSet<>();
    private final ReadyQueue queue;
    private final RunTransitions transitions;
    final List<QueryRequest> asked = new ArrayList<>();
    boolean away;
    public int crashes;
    public int updates;

    public FakeLine(Clock clock, int shards) {
        Records records = new Records(this);
        Tables tables = new Tables("assets", "jobs");
        queue = new ReadyQueue(records, tables, clock, shards);
        transitions = new RunTransitions(
                new JobWriter(records, tables, clock, queue, new Counters(records, tables)), new Jobs(records, tables));
    }

    public ReadyQueue queue() {
        return queue;
    }

    public RunTransitions transitions() {
        return transitions;
    }

    public ReadyJob add(String jobId, String pipeline, String owner, int priority, Instant due) {
        Map<String, Object> item = new HashMap<>(queue.entry(jobId, pipeline, owner, priority, due));
        item.putAll(Map.of("job_id", jobId, "pipeline", pipeline, "owner", owner, "priority", priority));
        item.putAll(Map.of("fence", 0, "crashes", crashes));
        partition(item.get("ready").toString()).put(key(item), item);
        waiting.put(jobId, ReadyJob.read(Items.attributes(item)));
        return waiting.get(jobId);
    }

    public void remove(ReadyJob job) {
        waiting.remove(job.jobId());
        partitions.values().forEach(partition -> partition.remove(job.lane() + " " + job.jobId()));
    }

    public int queries() {
        return asked.size();
    }

    public void forget() {
        asked.clear();
    }

    /** All jobs, in no order that matters. */
    public List<ReadyJob> all() {
        return List.copyOf(waiting.values());
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        asked.add(request);
        if (away) {
            throw SdkClientException.create("Connection refused");
        }
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        String start = request.hasExclusiveStartKey()
                ? request.exclusiveStartKey().get("at").s()
                : values.get(":from").s();
        List<Map<String, Object>> rest =
                new ArrayList<>(partition(values.get(":ready").s())
                        .subMap(
                                start,
                                !request.hasExclusiveStartKey(),
                                values.get(":to").s(),
                                true)
                        .values());
        int size = Math.min(rest.size(), Math.min(MAX_OF_A_PAGE, request.limit()));
        List<Map<String, Object>> page = rest.subList(0, size);
        QueryResponse.Builder answer = QueryResponse.builder().scannedCount(size);
        if (request.select() == Select.COUNT) {
            String now = values.get(":now").s();
            answer.count((int) page.stream()
                    .filter(item -> item.get("due_at").toString().compareTo(now) > 0)
                    .count());
        } else {
            answer.items(page.stream().map(Items::attributes).toList());
        }
        if (size < rest.size()) {
            answer.lastEvaluatedKey(Items.attributes(Map.of("at", key(page.get(size - 1)))));
        }
        return answer.build();
    }

    /** A claim of a job that stands here takes it out; any other finds it in the hands of another worker. */
    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        updates++;
        String id = request.key().get("job_id").s();
        Map<String, AttributeValue> job = Items.attributes(Map.of(
                "job_id",
                id,
                "fence",
                1,
                "status",
                "PROCESSING",
                "lease",
                Map.of("token", "t", "worker", "another", "beat", 0, "seconds", 30)));
        if (held.contains(id) || !waiting.containsKey(id)) {
            throw ConditionalCheckFailedException.builder().item(job).build();
        }
        remove(waiting.get(id));
        return UpdateItemResponse.builder().attributes(job).build();
    }

    /** From now on the entry is true no more: another worker has the job. */
    public void stale(ReadyJob job) {
        held.add(job.jobId());
    }

    private NavigableMap<String, Map<String, Object>> partition(String name) {
        return partitions.computeIfAbsent(name, unknown -> new TreeMap<>());
    }

    private static String key(Map<String, Object> item) {
        return item.get("lane") + " " + item.get("job_id");
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
