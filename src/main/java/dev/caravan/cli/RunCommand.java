package dev.caravan.cli;

import dev.caravan.Caravan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs Caravan until it is told to end.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--cloud",
            paramLabel = "WHERE",
            description = {
                "Joins a running Caravan: aws, the data folder of one on this machine,",
                "or s3=URL,dynamodb=URL,sqs=URL,redis=URL."
            })
    private String cloud;

    @Override
    public Integer call() {
        String name = cloud == null ? null : name();
        return new Foreground(name).run(() -> EmbeddedServices.of(properties(name)));
    }

    /** Sets up a process that joins others: it has its own scratch folder, and its own port unless it is an API. */
    private Map<String, String> properties(String name) {
        Map<String, String> properties = new HashMap<>();
        if (cloud != null) {
            properties.putAll(Cloud.properties(cloud));
            Path temp = Caravan.settings(Map.of()).path("caravan.temp");
            properties.put("caravan.temp", temp + "-" + name);
            properties.put("caravan.worker.name", name);
            if (!options.isApi()) {
                properties.put("caravan.http.port", "0");
            }
        }
        properties.putAll(options.properties());
        return properties;
    }

    private String name() {
        return options.name() == null ? "worker-" + ProcessHandle.current().pid() : options.name();
    }
}
