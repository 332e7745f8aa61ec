package dev.caravan.cli;

import dev.caravan.Caravan;
import java.util.ArrayList;
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
        List<String> made = new ArrayList<>();
        try {
            Caravan.provision(Map.of(), true, made::add);
            if (made.isEmpty()) {
                System.out.println("Everything was there.");
            }
            return 0;
        } finally {
            if (!made.isEmpty()) {
                System.out.println("Created " + String.join(", ", made) + ".");
            }
        }
    }
}
