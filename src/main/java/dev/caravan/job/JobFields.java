package dev.caravan.job;

import java.util.List;

/**
 * Names the attributes of a job's record, of its history, and of the indexes over both. No other package names one by a
 * string. {@link Job} says what the values mean.
 */
public final class JobFields {
    /** The table's partition key. Records of other kinds use it too, each with its own prefix. */
    public static final String JOB_ID = "job_id";
    /** The table's sort key. */
    public static final String ITEM = "item";

    public static final String SCHEMA_VERSION = "schema_version";
    public static final String ASSET_ID = "asset_id";
    public static final String OWNER = "owner";
    public static final String PIPELINE = "pipeline";
    public static final String PARAMETERS = "parameters";
    public static final String PRIORITY = "priority";
    public static final String STATUS = "status";
    public static final String WAITING_FOR = "waiting_for";
    public static final String START_FROM = "start_from";
    public static final String CURRENT_STEP = "current_step";
    public static final String LAST_SUCCESSFUL_STEP = "last_successful_step";
    public static final String PROGRESS_PERCENTAGE = "progress_percentage";
    public static final String PACE = "pace";
    public static final String RETRY_COUNT = "retry_count";
    public static final String MAX_RETRIES = "max_retries";
    /** A map by the id of the step. */
    public static final String STEPS = "steps";

    public static final String ERROR = "error";
    public static final String REQUIRED = "required";
    public static final String SOURCE = "source";
    public static final String FENCE = "fence";
    public static final String LEASE = "lease";
    /** The heartbeat in {@link #LEASE}. */
    public static final String LEASE_BEAT = "lease.beat";

    public static final String WORKER = "worker";
    public static final String CRASHES = "crashes";
    public static final String CREATED_AT = "created_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String FINISHED_AT = "finished_at";
    public static final String RETRIED = "retried";
    public static final String EXPIRES_AT = "expires_at";

    /** Partition key of the ready queue's index; present only while the job waits for a worker. */
    public static final String READY = "ready";
    /** Sort key of the ready queue's index. */
    public static final String LANE = "lane";

    public static final String DUE_AT = "due_at";

    /** Partition key of the index by file name. */
    public static final String NAME_START = "name_start";
    /** Sort key of the index by file name. */
    public static final String NAME_KEY = "name_key";

    /** Partition key of the dead letters' index, the pipeline; present only while the job is a dead letter. */
    public static final String DEAD = "dead";

    public static final String ERROR_CODE = "error_code";
    public static final String ERROR_STEP = "error_step";
    public static final String FILENAME = "filename";

    /** Time of an item of the history. */
    public static final String AT = "at";
    /** Name of the event of an item of the history. */
    public static final String EVENT = "event";

    /** Attributes that a job has while it is in the ready queue, and only then. */
    public static final List<String> QUEUE_ENTRY = List.of(READY, LANE, DUE_AT, WAITING_FOR);
    /** Attributes that a job has while it is a dead letter, and only then. */
    static final List<String> DEAD_LETTER_ENTRY = List.of(DEAD, ERROR_CODE, ERROR_STEP);

    private JobFields() {}

    /** The attribute path of one step's record. */
    static String step(String id) {
        return STEPS + "." + id;
    }
}
