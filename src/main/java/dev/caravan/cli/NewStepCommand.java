package dev.caravan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = "Writes the beginning of a Kamelet that a step calls, which passes ./caravan lint.")
final class NewStepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and dashes.")
    private String name;

    @Override
    public Integer call() throws IOException {
        String id = name.endsWith("-action") ? name : name + "-action";
        Path file = NewFlow.write("step.yaml", id, id + ".kamelet.yaml");
        System.out.println(file);
        return 0;
    }
}
