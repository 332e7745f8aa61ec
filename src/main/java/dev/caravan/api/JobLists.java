package dev.caravan.api;

import dev.caravan.http.ProblemException;
import dev.caravan.job.JobFields;
import dev.caravan.job.NameKey;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Chooses the index of a search: by asset, by name, or by status and time. It never reads the whole table. */
final class JobLists {
    private final Records records;
    private final String table;
    private final StatusIndex byStatus;

    JobLists(Records records, Tables tables, StatusIndex byStatus) {
        this.records = records;
        this.table = tables.jobs();
        this.byStatus = byStatus;
    }

    /**
     * @param page entries that are read at the same time
     * @throws ProblemException {@code INVALID_CURSOR}
     */
    EntryList of(SearchQuery query, int page) {
        if (query.assetId() != null) {
            return ofAsset(query, page);
        }
        return query.filename() != null || query.text() != null ? byName(query, page) : byTime(query, page);
    }

    private EntryList byTime(SearchQuery query, int page) {
        Position after = query.cursor() == null ? null : Position.of(query.cursor());
        int each = Math.max(1, page / query.statuses().size());
        return new EntryList(
                byStatus.entries(
                                query.statuses(),
                                query.created(),
                                after,
                                query.order(),
                                Math.max(each, query.limit() + 1))
                        .iterator(),
                entry -> entry.position().cursor());
    }

    private EntryList ofAsset(SearchQuery query, int page) {
        Position after = query.cursor() == null ? null : Position.of(query.cursor());
        TimeRange left = query.created().below(after, query.order());
        IndexPart part = part(Tables.BY_ASSET, JobFields.ASSET_ID, query.assetId(), JobFields.CREATED_AT, query, page);
        Iterator<IndexEntry> entries = left.isEmpty()
                ? Collections.emptyIterator()
                : entries(part, left.since(), left.until()).iterator();
        return new EntryList(
                NewestFirst.merge(List.of(new SameMillisecond<>(entries, query.order())), after, query.order())
                        .iterator(),
                entry -> entry.position().cursor());
    }

    /** Lists jobs by name, and jobs of the same name by time; keys end with the job's id, so no two are equal. */
    private EntryList byName(SearchQuery query, int page) {
        String name = query.filename() == null ? query.text() : query.filename();
        String first = query.filename() == null ? NameKey.beginning(name) : NameKey.exactly(name);
        String after = query.cursor() == null ? null : NameCursor.key(query.cursor(), first);
        IndexPart part =
                part(Tables.BY_NAME, JobFields.NAME_START, NameKey.start(name), JobFields.NAME_KEY, query, page);
        String from = after != null && part.forward() ? after : first;
        String to = after != null && !part.forward() ? after : first + NameKey.LAST;
        return new EntryList(
                entries(part, from, to)
                        .filter(entry -> !nameKey(entry).equals(after))
                        .iterator(),
                entry -> NameCursor.of(nameKey(entry)));
    }

    private Stream<IndexEntry> entries(IndexPart part, String from, String to) {
        return part.read(records, from, to, StatusIndex.Filter.NONE).map(item -> IndexEntry.of(item, JobFields.JOB_ID));
    }

    private static String nameKey(IndexEntry entry) {
        return entry.item().get(JobFields.NAME_KEY).s();
    }

    private IndexPart part(String index, String hash, String partition, String range, SearchQuery query, int page) {
        boolean upwards = query.order() == TimeOrder.OLDEST_FIRST;
        boolean forward = index.equals(Tables.BY_NAME) != upwards;
        return new IndexPart(table, index, hash, partition, range, forward, page);
    }
}
