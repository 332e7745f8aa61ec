package dev.caravan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs Caravan until it is told to end.")
final class RunCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return new Foreground().run(Surroundings::none);
    }
}
