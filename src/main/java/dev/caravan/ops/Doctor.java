package dev.caravan.ops;

import dev.caravan.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Checks everything that Caravan needs, whether it runs or not: one check after the other, for an operator who waits. */
public final class Doctor {
    private final List<Check> checks = new ArrayList<>();

    /**
     * Creates the doctor with the checks that are possible on every machine.
     *
     * @param retired messages on settings in the environment that have no meaning any more
     * @param unknown messages on those that do not exist
     */
    public Doctor(Settings settings, List<String> retired, List<String> unknown) {
        checks.add(new SettingsCheck(retired, unknown));
        checks.addAll(ToolChecks.of(settings));
        long least = settings.bytes("caravan.health.least-disk");
        checks.add(new DiskCheck(settings.path("caravan.temp"), least));
        checks.add(new Named("disk of data", new DiskCheck(settings.path("caravan.data"), least)));
    }

    /** Asks the Caravan that runs here, which knows the state of its stores best. */
    public Doctor running(String api) {
        checks.addAll(RunningCheck.of(api));
        return this;
    }

    /** Checks what the next start needs, where no Caravan runs. */
    public Doctor stopped(Settings settings, boolean embedded) {
        checks.add(new Word("caravan", "not running"));
        String host = settings.text("caravan.http.host");
        checks.add(new PortCheck("api", host, settings.number("caravan.http.port"), "PORT"));
        if (embedded) {
            List<String> servers = new ArrayList<>(List.of("s3", "dynamodb", "sqs"));
            if (settings.find("caravan.redis.url")
                    .or(() -> settings.find("caravan.redis.host"))
                    .isEmpty()) {
                servers.add("redis");
            }
            for (String server : servers) {
                String key = "caravan.local." + server + ".port";
                checks.add(new PortCheck(server, "127.0.0.1", settings.number(key), key));
            }
        }
        return this;
    }

    /** Adds notices that an operator should know although everything works. */
    public Doctor remark(String name, String word, String remark) {
        checks.add(new Notice(name, word, remark));
        return this;
    }

    /** Checks the stores themselves, where they run without a Caravan. */
    public Doctor stores(Settings settings, S3Client s3, DynamoDbClient dynamo, SqsClient sqs) {
        checks.addAll(Stores.of(settings, s3, dynamo, sqs));
        checks.add(new ProvisionCheck(new Provision(s3, dynamo, sqs, settings)));
        checks.add(RedisCheck.of(settings));
        return this;
    }

    /** @param endpoint of S3 */
    public Doctor clock(String endpoint) {
        checks.add(new ClockCheck(endpoint, Clock.systemUTC()));
        return this;
    }

    public Diagnosis examine() {
        return Diagnosis.of(checks);
    }

    private record Word(String name, String word) implements Check {
        @Override
        public Finding look() {
            return Finding.good(word, Map.of());
        }

        @Override
        public Finding outOfReach(String why) {
            return Finding.bad(HealthStatus.DEGRADED, word, why, null);
        }
    }

    private record Named(String name, Check check) implements Check {
        @Override
        public Finding look() throws Exception {
            return check.look();
        }

        @Override
        public Finding outOfReach(String why) {
            return check.outOfReach(why);
        }
    }
}
