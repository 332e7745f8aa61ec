package dev.caravan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the servers that a process joins. {@code aws}: AWS as set in the settings. A data folder: the Caravan that runs
 * there, which wrote its addresses and keys to a file that only its owner can read.
 * {@code s3=URL,dynamodb=URL,sqs=URL,redis=URL}: these servers, with the keys from the environment.
 */
final class Cloud {
    static final String AWS = "aws";

    /** The settings that must be the same in all processes of one Caravan. */
    private static final List<String> SHARED = List.of(
            "caravan.name",
            "caravan.aws.region",
            "caravan.aws.access-key",
            "caravan.aws.secret-key",
            "caravan.s3.bucket",
            "caravan.s3.endpoint",
            "caravan.s3.path-style",
            "caravan.dynamodb.endpoint",
            "caravan.table.assets",
            "caravan.table.jobs",
            "caravan.sqs.endpoint",
            "caravan.queue.events",
            "caravan.queue.jobs",
            "caravan.redis.url",
            "caravan.redis.host",
            "caravan.redis.port",
            "caravan.redis.password",
            "caravan.jobs.ready-shards",
            "caravan.ingest.prefixes",
            "caravan.ingest.allowed-extensions",
            "caravan.ingest.owner-from-key");

    private static final Map<String, String> SERVERS = Map.of(
            "s3", "caravan.s3.endpoint",
            "dynamodb", "caravan.dynamodb.endpoint",
            "sqs", "caravan.sqs.endpoint",
            "redis", "caravan.redis.url");

    private Cloud() {}

    /** @param setting gives the value of a setting, empty for none */
    static Map<String, String> of(UnaryOperator<String> setting) {
        Map<String, String> shared = new HashMap<>();
        SHARED.forEach(key -> shared.put(key, setting.apply(key)));
        return shared;
    }

    /**
     * Returns the settings with which a process joins.
     *
     * @throws IllegalArgumentException with what to do, when there is nothing to join
     */
    static Map<String, String> properties(String where) {
        if (where.equals(AWS)) {
            return Map.of();
        }
        if (where.startsWith("http:") || where.startsWith("https:")) {
            throw new IllegalArgumentException(
                    "An API tells nobody its keys. On the same machine name its data folder, elsewhere --cloud s3=URL,dynamodb=URL,sqs=URL,redis=URL with the keys in S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.");
        }
        return where.contains("=") ? servers(where) : running(Path.of(where));
    }

    private static Map<String, String> running(Path data) {
        Optional<RunState> state = Files.isDirectory(data) ? RunState.read(data) : Optional.empty();
        return state.map(RunState::cloud)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No Caravan runs with the data folder %s. Start one there with ./caravan run, or name another with --cloud."
                                .formatted(data)));
    }

    private static Map<String, String> servers(String where) {
        Map<String, String> properties = new HashMap<>();
        for (String pair : where.split(",")) {
            String[] parts = pair.split("=", 2);
            String property = SERVERS.get(parts[0].strip());
            if (property == null || parts.length < 2 || parts[1].isBlank()) {
                throw new IllegalArgumentException(
                        "'%s' names no server. Use s3=URL, dynamodb=URL, sqs=URL and redis=URL, with commas between them."
                                .formatted(pair));
            }
            properties.put(property, parts[1].strip());
        }
        return properties;
    }
}
