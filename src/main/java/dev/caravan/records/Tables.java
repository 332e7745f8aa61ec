package dev.caravan.records;

import dev.caravan.settings.Settings;

/**
 * The names of tables and indexes.
 *
 * @param assets one item per asset, key {@code asset_id}
 * @param jobs the job record, its history and the counters, key {@code job_id} and {@code item}
 */
public record Tables(String assets, String jobs) {
    /** Assets by status, oldest first: {@code status}, {@code created_at}. Jobs have one of the same name. */
    public static final String BY_STATUS = "status-created_at-index";

    public static final String BY_SOURCE = "source_video_id-index";
    public static final String BY_FILENAME = "filename-index";
    public static final String BY_ASSET = "asset_id-created_at-index";
    /** Seconds since 1970 after which DynamoDB may remove an item. Both tables have it. */
    public static final String EXPIRES = "expires_at";

    /** Sparse: only jobs that wait for a worker have {@code ready}. Sorted by {@code lane}. */
    public static final String LINE = "line-index";

    /** Jobs by the name of their file: {@code name_start}, {@code name_key}. Written once, with the job. */
    public static final String BY_NAME = "name-index";

    /** Sparse: only dead letters have {@code dead}, their pipeline. Sorted by {@code finished_at}. */
    public static final String DEAD = "dead-index";

    public static Tables of(Settings settings) {
        return new Tables(settings.text("caravan.table.assets"), settings.text("caravan.table.jobs"));
    }
}
