package dev.caravan.control;

import dev.caravan.job.JobFields;
import dev.caravan.records.Items;
import java.util.Comparator;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A dead letter as the index shows it. It may be stale: only the job's record decides.
 *
 * @param step at which it failed, or null
 * @param expiresAt when it may be removed, in seconds since 1970; null while it is kept without limit
 */
public record DeadLetter(
        String jobId,
        String pipeline,
        String finishedAt,
        String code,
        String step,
        String owner,
        String assetId,
        String filename,
        Long expiresAt) {
    static final Comparator<DeadLetter> BY_TIME =
            Comparator.comparing(DeadLetter::finishedAt).thenComparing(DeadLetter::jobId);

    static DeadLetter read(Map<String, AttributeValue> item) {
        Map<String, Object> values = Items.map(item);
        return new DeadLetter(
                (String) values.get(JobFields.JOB_ID),
                (String) values.get(JobFields.DEAD),
                (String) values.get(JobFields.FINISHED_AT),
                (String) values.get(JobFields.ERROR_CODE),
                (String) values.get(JobFields.ERROR_STEP),
                (String) values.get(JobFields.OWNER),
                (String) values.get(JobFields.ASSET_ID),
                (String) values.get(JobFields.FILENAME),
                (Long) values.get(JobFields.EXPIRES_AT));
    }
}
