package dev.caravan.hook;

import dev.caravan.job.History;
import dev.caravan.job.JobFields;
import dev.caravan.job.Transition;
import dev.caravan.records.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Finds the events in a transaction: the end of a job, and what it means for the job's asset. */
final class EndedJobs {
    private static final Pattern SET = Pattern.compile("(#\\w+) = (:\\w+)");
    private static final String COMPLETED = Transition.COMPLETE.event();
    private static final String FAILED = Transition.FAIL.event();
    private static final String CANCELLED = Transition.CANCEL.event();

    private final String assets;

    /** @param assets name of the table */
    EndedJobs(String assets) {
        this.assets = assets;
    }

    List<HookEvent> in(List<TransactWriteItem> parts) {
        return history(parts).flatMap(end -> events(end, parts).stream()).toList();
    }

    private List<HookEvent> events(Map<String, Object> end, List<TransactWriteItem> parts) {
        String job = String.valueOf(end.get(JobFields.JOB_ID));
        String at = String.valueOf(end.get(JobFields.AT));
        Optional<Map<String, Object>> asset = asset(parts);
        List<HookEvent> events = new ArrayList<>();
        if (end.get(JobFields.EVENT).equals(FAILED)) {
            events.add(new HookEvent(job + "-" + at, HookEvent.Kind.DEAD_LETTER, at, "", job));
        }
        asset.ifPresent(changed -> {
            boolean completed = end.get(JobFields.EVENT).equals(COMPLETED);
            String status = String.valueOf(changed.get("status"));
            String id = changed.get("asset_id") + "-" + changed.get("revision");
            if (completed && status.equals("ready")) {
                events.add(new HookEvent(
                        id, HookEvent.Kind.ASSET_READY, at, String.valueOf(changed.get("asset_id")), job));
            } else if (!completed && status.equals("failed")) {
                events.add(new HookEvent(
                        id, HookEvent.Kind.ASSET_FAILED, at, String.valueOf(changed.get("asset_id")), job));
            }
        });
        return events;
    }

    /** Returns the items that report an end in a job's history. */
    private static Stream<Map<String, Object>> history(List<TransactWriteItem> parts) {
        return parts.stream()
                .filter(part -> part.put() != null && part.put().item().containsKey(JobFields.EVENT))
                .map(part -> Items.map(part.put().item()))
                .filter(item -> String.valueOf(item.get(JobFields.ITEM)).startsWith(History.PREFIX))
                .filter(item -> List.of(COMPLETED, FAILED, CANCELLED).contains(item.get(JobFields.EVENT)));
    }

    /** Returns what the transaction sets on the asset, with its id. */
    private Optional<Map<String, Object>> asset(List<TransactWriteItem> parts) {
        return parts.stream()
                .map(TransactWriteItem::update)
                .filter(update -> update != null && update.tableName().equals(assets))
                .map(EndedJobs::set)
                .filter(set -> set.containsKey("status"))
                .findFirst();
    }

    private static Map<String, Object> set(Update update) {
        Map<String, Object> values = new HashMap<>(Items.map(update.key()));
        Map<String, Object> given = Items.map(update.expressionAttributeValues());
        Matcher assignment = SET.matcher(update.updateExpression());
        while (assignment.find()) {
            values.put(update.expressionAttributeNames().get(assignment.group(1)), given.get(assignment.group(2)));
        }
        return values;
    }
}
