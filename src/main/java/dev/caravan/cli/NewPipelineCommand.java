package dev.caravan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "Writes the beginning of a pipeline, which passes ./caravan lint.")
final class NewPipelineCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and dashes.")
    private String name;

    @Override
    public Integer call() throws IOException {
        String id = name;
        Path file = NewFlow.write("pipeline.yaml", id, id + ".camel.yaml");
        System.out.println(file);
        return 0;
    }
}
