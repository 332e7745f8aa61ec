package dev.caravan.job;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Json;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The job records: how they are read, addressed and recognised. The other classes of this package write them. */
public final class Jobs {
    private static final String RECORD = "job";

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final History history;
    private final JobMeters meters;
    private final int shards;
    private final Line line;

    public Jobs(Records records, Tables tables, Clock clock, int shards, MeterRegistry meters) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.history = new History(tables, clock);
        this.meters = new JobMeters(meters, clock);
        this.shards = shards;
        this.line = new Line(clock, shards);
    }

    public Optional<Job> find(String jobId) {
        return records.get(tables.jobs(), key(jobId)).map(Jobs::read);
    }

    /** The ids of all jobs of an asset, newest first. The index may lag behind by a moment. */
    public List<String> ofAsset(String assetId) {
        return all(
                QueryRequest.builder()
                        .tableName(tables.jobs())
                        .indexName(Tables.BY_ASSET)
                        .keyConditionExpression("asset_id = :asset")
                        .expressionAttributeValues(Items.attributes(Map.of(":asset", assetId)))
                        .scanIndexForward(false),
                "job_id");
    }

    /** The names of the items of a job's history, oldest first. */
    public List<String> historyOf(String jobId) {
        return all(
                QueryRequest.builder()
                        .tableName(tables.jobs())
                        .keyConditionExpression("job_id = :job AND begins_with(#item, :history)")
                        .projectionExpression("#item")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", jobId, ":history", History.PREFIX)))
                        .consistentRead(true),
                "item");
    }

    /** One attribute of all that a query finds, page by page. */
    private List<String> all(QueryRequest.Builder request, String attribute) {
        List<String> found = new ArrayList<>();
        QueryResponse page;
        do {
            page = records.query(request.build());
            page.items().forEach(item -> found.add(item.get(attribute).s()));
            request.exclusiveStartKey(page.lastEvaluatedKey());
        } while (page.hasLastEvaluatedKey());
        return found;
    }

    /** Lets the meters show these pipelines from now on, though nothing was counted yet. */
    public void measure(Collection<String> pipelines) {
        meters.show(pipelines);
    }

    public Records records() {
        return records;
    }

    public Tables tables() {
        return tables;
    }

    public Clock clock() {
        return clock;
    }

    public History history() {
        return history;
    }

    public JobMeters meters() {
        return meters;
    }

    public static Map<String, Object> key(String jobId) {
        return Map.of("job_id", jobId, "item", RECORD);
    }

    public static Job read(Map<String, AttributeValue> item) {
        return Json.convert(Items.map(item), Job.class);
    }

    /** Parts of the line's index. */
    public int shards() {
        return shards;
    }

    /** Where jobs wait for a worker. */
    public Line line() {
        return line;
    }

    /** An update that holds only as long as the run that makes it holds the job. */
    public Write writeOf(String jobId, long fence) {
        return Write.to(tables.jobs(), key(jobId))
                .set("updated_at", Timestamps.now(clock))
                .where("fence", fence)
                .whereExists("lease");
    }

    /** An update by the run that holds {@code job}, for the end of it. */
    public Write writeOf(Job job) {
        return writeOf(job.jobId(), job.fence());
    }

    /** Puts the job back among those that wait for a worker; the fence grows, so that the run that held it is out. */
    public Write backInLine(Write write, Job job, JobStatus status, Duration delay) {
        return backInLine(write, job, status, delay, delay.isZero() ? null : "due");
    }

    /**
     * The same.
     *
     * @param waitingFor what for, in the word of the record
     */
    public Write backInLine(Write write, Job job, JobStatus status, Duration delay, String waitingFor) {
        write.set("status", status.name())
                .set("fence", job.fence() + 1)
                .remove("lease")
                .remove("pace")
                .remove("worker");
        return line.enter(write, job, clock.instant().plus(delay)).set("waiting_for", waitingFor);
    }

    /** What a refused write means: the job is in other hands. */
    public static StepException fenced(String jobId, ConditionFailed refused) {
        Map<String, Object> found = Items.map(refused.found());
        return new StepException(
                new Failure(
                        "FENCED",
                        FailureKind.FENCED,
                        null,
                        "Job %s is in other hands: status %s, fence %s, worker %s"
                                .formatted(jobId, found.get("status"), found.get("fence"), found.get("worker")),
                        "Nothing: whoever holds it goes on.",
                        null),
                null,
                refused);
    }
}
