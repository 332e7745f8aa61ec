package dev.caravan;

import com.sun.management.OperatingSystemMXBean;
import dev.caravan.bench.CallCounter;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the engine costs without media, on the embedded cloud. Prints; asserts nothing. */
@Tag("bench")
class EngineBench {
    private static final int WARM_UP = 300;
    private static final int FURTHER_STEPS = 4;

    private final CallCounter calls = new CallCounter();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepareOnSharedBucket()
                .change(
                        "camel.main.routes-include-pattern",
                        "classpath:routes/ingest/s3-events.camel.yaml,classpath:routes/ingest/uploads.camel.yaml,"
                                + "classpath:routes/jobs/*.camel.yaml,classpath:routes/bench/*.camel.yaml")
                .through(real -> new CloudClients(
                        real.s3(),
                        calls.around(DynamoDbClient.class, "dynamodb", real.dynamo()),
                        calls.around(SqsClient.class, "sqs", real.sqs())));
        caravan.start();
        run("one-empty-step", WARM_UP, 8);
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void cost_of_a_job_without_media() {
        for (int atOnce : new int[] {1, 8}) {
            Map<String, Long> one = new TreeMap<>();
            double oneWall = 0;
            for (String pipeline : List.of("one-empty-step", "five-empty-steps")) {
                int jobs = 200;
                calls.reset();
                long cpu = processCpu();
                Map<String, Long> threads = cpuByThread();
                long start = System.nanoTime();
                run(pipeline, jobs, atOnce);
                long wall = System.nanoTime() - start;
                long used = processCpu() - cpu;
                print(
                        "%s, %d at once: %.1f ms wall, %.1f ms CPU per job in all, of which %s",
                        pipeline, atOnce, wall / 1e6 / jobs, used / 1e6 / jobs, share(threads, cpuByThread(), jobs));
                print("    calls per job: %s", perJob(calls.counts(), jobs));
                if (one.isEmpty()) {
                    one.putAll(calls.counts());
                    oneWall = wall / 1e6 / jobs;
                } else {
                    Map<String, Long> further = new TreeMap<>();
                    calls.counts().forEach((call, count) -> further.put(call, count - one.getOrDefault(call, 0L)));
                    print(
                            "    each further step: %.1f ms wall; calls: %s",
                            (wall / 1e6 / jobs - oneWall) / FURTHER_STEPS, perJob(further, FURTHER_STEPS * jobs));
                }
            }
        }
    }

    @Test
    void latency_from_the_event_to_the_first_step() {
        List<Double> millis = new ArrayList<>();
        Map<String, Long> put = new ConcurrentHashMap<>();
        caravan.stage.set("first", (exchange, step) -> {
            Long sent = put.get(exchange.getMessage().getBody(MediaFile.class).filename());
            if (sent != null) {
                synchronized (millis) {
                    millis.add((System.nanoTime() - sent) / 1e6);
                    millis.notifyAll();
                }
            }
        });
        for (int i = 0; i < 220; i++) {
            String name = "clip " + i + ".mp4";
            put.put(name, System.nanoTime());
            caravan.clients()
                    .s3()
                    .putObject(
                            request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                    .key(caravan.key(name)),
                            RequestBody.fromString("not looked at"));
            await(millis, i + 1);
        }
        List<Double> counted =
                millis.subList(20, millis.size()).stream().sorted().toList();
        print(
                "PUT to first step: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d uploads, one at a time)",
                counted.get(counted.size() / 2),
                counted.get((int) (counted.size() * 0.99)),
                counted.get(counted.size() - 1),
                counted.size());
    }

    private static void await(List<Double> millis, int size) {
        synchronized (millis) {
            while (millis.size() < size) {
                try {
                    millis.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void run(String pipeline, int jobs, int atOnce) {
        for (int done = 0; done < jobs; done += atOnce) {
            List<String> ids = IntStream.range(0, Math.min(atOnce, jobs - done))
                    .mapToObj(i -> caravan.submit(pipeline))
                    .toList();
            ids.forEach(caravan::awaitEnd);
        }
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Thread CPU by who it works for: the embedded servers' threads have names of their own. */
    private static Map<String, Long> cpuByThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null)
                .collect(Collectors.toMap(
                        thread -> thread.getThreadName() + "#" + thread.getThreadId(),
                        thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId()))));
    }

    private static String share(Map<String, Long> before, Map<String, Long> after, int jobs) {
        Map<String, Double> byKind = after.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> kind(entry.getKey()),
                        TreeMap::new,
                        Collectors.summingDouble(
                                entry -> (entry.getValue() - before.getOrDefault(entry.getKey(), 0L)) / 1e6 / jobs)));
        return byKind.entrySet().stream()
                .filter(entry -> entry.getValue() >= 0.05)
                .map(entry -> String.format(Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String kind(String thread) {
        if (thread.startsWith("job-")
                || thread.startsWith("Camel")
                || thread.startsWith("heartbeat")
                || thread.startsWith("reconciler")) {
            return "engine";
        }
        return thread.startsWith("main") ? "this measurement" : "embedded cloud";
    }

    private static String perJob(Map<String, Long> counts, int jobs) {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), (double) entry.getValue() / jobs))
                .collect(Collectors.joining(", "));
    }

    private static void print(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        System.out.println("BENCH " + line);
        try {
            Files.writeString(
                    Path.of("target", "bench.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
