package dev.caravan.api;

import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.NameKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The conditions of a search for jobs.
 *
 * @param equal attributes and their required values
 * @param name beginning of {@code name_key}, or null
 */
record JobFilter(Map<String, String> equal, Set<String> statuses, TimeRange created, String errorCode, String name)
        implements BudgetedScan.Filter {

    static JobFilter of(SearchQuery query) {
        Map<String, String> equal = new LinkedHashMap<>();
        put(equal, JobFields.ASSET_ID, query.assetId());
        put(equal, JobFields.PIPELINE, query.pipeline());
        put(equal, JobFields.OWNER, query.owner());
        put(equal, JobFields.CURRENT_STEP, query.step());
        return new JobFilter(equal, Set.copyOf(query.statuses()), query.created(), query.errorCode(), name(query));
    }

    private static void put(Map<String, String> equal, String attribute, String value) {
        if (value != null) {
            equal.put(attribute, value);
        }
    }

    private static String name(SearchQuery query) {
        if (query.filename() != null) {
            return NameKey.exactly(query.filename());
        }
        return query.text() == null ? null : NameKey.beginning(query.text());
    }

    /** Returns the filter without its name, for a job that is known by its id. */
    JobFilter ofAnyName() {
        return new JobFilter(equal, statuses, created, errorCode, null);
    }

    @Override
    public boolean needsRecords() {
        boolean alongStatus = name == null && !equal.containsKey(JobFields.ASSET_ID);
        boolean anyStatus = statuses.size() == JobStatus.values().length;
        return errorCode != null || equal.containsKey(JobFields.CURRENT_STEP) || !alongStatus && !anyStatus;
    }

    @Override
    public boolean isNarrow() {
        return needsRecords() || !equal.isEmpty();
    }

    /** Ignores the status in an index, which lags behind. */
    @Override
    public boolean mayShow(Map<String, AttributeValue> entry) {
        return created.contains(text(entry, JobFields.CREATED_AT))
                && equal.entrySet().stream()
                        .allMatch(wanted -> !entry.containsKey(wanted.getKey()) || is(entry, wanted));
    }

    @Override
    public boolean shows(Map<String, AttributeValue> job) {
        return statuses.contains(text(job, JobFields.STATUS))
                && created.contains(text(job, JobFields.CREATED_AT))
                && equal.entrySet().stream().allMatch(wanted -> is(job, wanted))
                && (name == null || text(job, JobFields.NAME_KEY).startsWith(name))
                && (errorCode == null
                        || job.containsKey(JobFields.ERROR)
                                && errorCode.equals(
                                        text(job.get(JobFields.ERROR).m(), "code")));
    }

    private static boolean is(Map<String, AttributeValue> item, Map.Entry<String, String> wanted) {
        return wanted.getValue().equals(text(item, wanted.getKey()));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null || value.s() == null ? "" : value.s();
    }
}
