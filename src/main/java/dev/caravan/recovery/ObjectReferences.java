package dev.caravan.recovery;

import dev.caravan.asset.Assets;
import dev.caravan.job.JobFields;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the records that may name the objects of an asset: the asset's and those of all of its jobs, since a job that starts
 * at a later step reuses the files of an earlier one. Reads them once for each asset of a piece.
 */
final class ObjectReferences {
    private final Jobs jobs;
    private final Records records;
    private final Tables tables;
    private final Map<String, Names> known = new HashMap<>();

    /**
     * The texts that name objects, and the state of their asset and jobs.
     *
     * @param deleted whether only a tombstone is left
     * @param busy whether a job may still name something that it is about to store
     * @param ended ids of jobs that have ended
     * @param words every text in the records
     */
    record Names(boolean deleted, boolean busy, Set<String> ended, Set<String> words) {
        boolean name(String bucket, String key) {
            return words.contains(key) || words.contains("s3://" + bucket + "/" + key);
        }
    }

    ObjectReferences(Jobs jobs, Records records, Tables tables) {
        this.jobs = jobs;
        this.records = records;
        this.tables = tables;
    }

    /** @param key an object's; its job is read by its id, because the index of jobs may lag */
    Names of(MediaKey key) {
        return known.computeIfAbsent(key.assetId() + "/" + key.jobId(), unknown -> read(key));
    }

    /** Reads the references again. */
    Names again(MediaKey key) {
        return read(key);
    }

    /** Reads the raw records: fields that a newer Caravan wrote may name objects too. */
    private Names read(MediaKey key) {
        Optional<Map<String, Object>> asset =
                records.get(tables.assets(), Assets.key(key.assetId())).map(Items::map);
        Set<String> ids = new HashSet<>(jobs.ofAsset(key.assetId()));
        if (key.jobId() != null) {
            ids.add(key.jobId());
        }
        Set<String> ended = new HashSet<>();
        Set<String> words = new HashSet<>();
        boolean busy = false;
        for (String id : ids) {
            Map<String, Object> job =
                    records.get(tables.jobs(), Jobs.key(id)).map(Items::map).orElse(Map.of());
            collect(job, words);
            if (!job.isEmpty()) {
                boolean over = JobStatus.valueOf(String.valueOf(job.get(JobFields.STATUS)))
                        .ended();
                busy |= !over;
                ended.add(over ? id : "");
            }
        }
        asset.ifPresent(record -> collect(record, words));
        return new Names(
                asset.filter(record -> record.get("deleted_at") != null).isPresent(), busy, ended, words);
    }

    private static void collect(Object value, Set<String> words) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> collect(inner, words));
        } else if (value instanceof Iterable<?> list) {
            list.forEach(inner -> collect(inner, words));
        } else if (value instanceof String text) {
            words.add(text);
        }
    }
}
