package dev.caravan.cli;

import dev.caravan.Caravan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = "Creates what is missing in AWS: tables, queues, bucket, the bucket's notification.")
final class ProvisionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        List<String> made = Caravan.provision(Map.of(), true);
        System.out.println(made.isEmpty() ? "Everything was there." : "Created " + String.join(", ", made) + ".");
        return 0;
    }
}
