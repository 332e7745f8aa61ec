package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Priority;
import dev.caravan.local.OwnTables;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The line of waiting jobs on the embedded cloud. */
class ReadyQueueIT {
    private static final int SMALL = 30;

    private TestCaravan caravan;

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void two_workers_serve_three_owners_alike_though_one_has_five_hundred_jobs() {
        startWithoutWorker();
        Map<String, String> owners = new HashMap<>();
        submit(owners, "anna", 500);
        submit(owners, "ben", SMALL);
        submit(owners, "cleo", SMALL);
        CountDownLatch bothAreThere = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> bothAreThere.await());
        startWithWorker();
        try (TestCaravan twin = caravan.twin()) {
            bothAreThere.countDown();
            Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> {
                List<String> served = served(owners, twin);
                return count(served, "ben") == SMALL && count(served, "cleo") == SMALL;
            });
            List<String> served = served(owners, twin);
            int allWaited = Math.min(indexOf(served, "ben", SMALL), indexOf(served, "cleo", SMALL));
            List<String> fair = served.subList(0, allWaited);
            // Two workers that know of each other only what lost races tell them, and eight places each.
            assertThat(count(fair, "anna")).isBetween(SMALL - 8L, SMALL + 8L);
            assertThat(Math.abs(count(fair, "ben") - count(fair, "cleo"))).isLessThanOrEqualTo(8);
            assertThat(twin.stage.notes("only")).isNotEmpty();
        }
    }

    @Test
    void jobs_that_an_older_version_left_waiting_are_put_in_line() {
        startWithoutWorker();
        String old = caravan.submit("one-act");
        String lost = caravan.submit("one-act");
        String waiting = caravan.submit("one-act");
        change(old, write -> write.remove("lane"));
        change(lost, write -> write.remove("lane").remove("ready").remove("due_at"));
        Job untouched = caravan.job(waiting);
        caravan.reconcile();
        assertThat(caravan.job(waiting)).isEqualTo(untouched);
        assertThat(caravan.job(lost).dueAt()).isNotNull();
        startWithWorker();
        for (String id : List.of(old, lost, waiting)) {
            assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @Test
    void a_job_that_runs_is_not_put_in_line() {
        startWithoutWorker();
        String id = caravan.submitHeld("one-act", write -> write);
        Job held = caravan.job(id);
        caravan.reconcile();
        assertThat(caravan.job(id)).isEqualTo(held);
    }

    @Test
    void an_index_that_a_table_lacks_is_named_at_the_start_and_made_by_provision(@TempDir Path folder)
            throws Exception {
        try (OwnTables tables = new OwnTables(folder)) {
            Map<String, String> changes = new HashMap<>(TestCaravan.ENGINE_ONLY);
            changes.put("caravan.dynamodb.endpoint", tables.url());
            caravan = TestCaravan.prepare(changes);
            namedAndMade();
            caravan.stop();
        }
    }

    private void namedAndMade() {
        String table = caravan.property("caravan.name") + "-jobs";
        try (CloudClients clients = CloudClients.of(Caravan.settings(caravan.properties()))) {
            dropIndex(clients.dynamo(), table);
        }
        assertThatThrownBy(caravan::start)
                .hasStackTraceContaining(
                        "there is no index line-index on table " + table + ". Run ./caravan provision");
        assertThat(Caravan.provision(caravan.properties(), false))
                .containsExactly("index line-index on table " + table);
        assertThat(Caravan.provision(caravan.properties(), false)).isEmpty();
        caravan.start();
        assertThat(caravan.awaitEnd(caravan.submit("one-act")).status()).isEqualTo(JobStatus.COMPLETED);
    }

    private static void dropIndex(DynamoDbClient dynamo, String table) {
        dynamo.updateTable(update -> update.tableName(table)
                .globalSecondaryIndexUpdates(change -> change.delete(index -> index.indexName(Tables.LINE))));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> dynamo.describeTable(ask -> ask.tableName(table)).table().globalSecondaryIndexes().stream()
                        .noneMatch(index -> index.indexName().equals(Tables.LINE)));
    }

    private void startWithoutWorker() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.roles", "api");
        caravan.start();
    }

    private void startWithWorker() {
        caravan.stop();
        caravan.change("caravan.roles", "worker,reconciler").start();
    }

    private void submit(Map<String, String> owners, String owner, int count) {
        for (int i = 0; i < count; i++) {
            owners.put(caravan.submit("one-act", Priority.NORMAL, owner), owner);
        }
    }

    /** Owners by the order in which their jobs started, on both. */
    private List<String> served(Map<String, String> owners, TestCaravan twin) {
        List<Stage.Note> notes = new ArrayList<>(caravan.stage.notes("only"));
        notes.addAll(twin.stage.notes("only"));
        return notes.stream()
                .sorted(Comparator.comparingLong(Stage.Note::nanoTime))
                .map(note -> owners.get(note.jobId()))
                .toList();
    }

    private static long count(List<String> served, String owner) {
        return served.stream().filter(owner::equals).count();
    }

    /** Where the job with that number of the owner is. */
    private static int indexOf(List<String> served, String owner, int number) {
        int seen = 0;
        for (int i = 0; i < served.size(); i++) {
            seen += served.get(i).equals(owner) ? 1 : 0;
            if (seen == number) {
                return i;
            }
        }
        return served.size();
    }

    private void change(String jobId, UnaryOperator<Write> change) {
        caravan.records().update(change.apply(Write.to(caravan.tables().jobs(), Jobs.key(jobId))));
    }
}
