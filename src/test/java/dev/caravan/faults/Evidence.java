package dev.caravan.faults;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.records.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** All jobs and what happened to them, read from the table itself and past everything that is under test. */
record Evidence(Map<String, Job> jobs, Map<String, List<Event>> history) {

    /** One item of a job's history. */
    record Event(Instant at, String name, Map<String, Object> details) {
        String step() {
            return String.valueOf(details.get("step"));
        }

        @Override
        public String toString() {
            return at + " " + name + " " + details;
        }
    }

    static Evidence of(DynamoDbClient dynamo, String table) {
        Map<String, Job> jobs = new TreeMap<>();
        Map<String, List<Event>> history = new TreeMap<>();
        dynamo.scanPaginator(request -> request.tableName(table).consistentRead(true))
                .items()
                .forEach(item -> {
                    String kind = item.get("item").s();
                    if (kind.equals("job")) {
                        jobs.put(item.get("job_id").s(), Jobs.read(item));
                    } else if (kind.startsWith("history#")) {
                        history.computeIfAbsent(item.get("job_id").s(), id -> new ArrayList<>())
                                .add(event(item));
                    }
                });
        history.values().forEach(events -> events.sort(Comparator.comparing(Event::at)));
        return new Evidence(jobs, history);
    }

    private static Event event(Map<String, AttributeValue> item) {
        Map<String, Object> details = new TreeMap<>(Items.map(item));
        details.keySet().removeAll(List.of("job_id", "item", "at", "event"));
        return new Event(Instant.parse(item.get("at").s()), item.get("event").s(), details);
    }

    List<Event> events(String jobId) {
        return history.getOrDefault(jobId, List.of());
    }

    List<Event> events(String jobId, String name) {
        return events(jobId).stream().filter(event -> event.name().equals(name)).toList();
    }

    /** When the step's checkpoint was written; each of them, if it was written more than once. */
    List<Instant> checkpoints(String jobId, String step) {
        return events(jobId, "step-done").stream()
                .filter(event -> event.step().equals(step))
                .map(Event::at)
                .toList();
    }

    long unfinished() {
        return jobs.values().stream().filter(job -> !job.status().ended()).count();
    }

    /** A job as a failing test should show it. */
    String story(String jobId) {
        Job job = jobs.get(jobId);
        StringBuilder story = new StringBuilder("%s is %s, fence %d, crashes %d, worker %s, error %s"
                .formatted(jobId, job.status(), job.fence(), job.crashes(), job.worker(), job.error()));
        events(jobId).forEach(event -> story.append("\n    ").append(event));
        return story.append('\n').toString();
    }
}
