package dev.caravan.cli;

import dev.caravan.Caravan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description =
                "Ends the running Caravan and those that joined it here; unfinished jobs go on at the next start.")
final class StopCommand implements Callable<Integer> {

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "45",
            description = "How long it may take before it is killed (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--name", paramLabel = "NAME", description = "Only the process of this name that joined.")
    private String name;

    @Override
    public Integer call() throws InterruptedException {
        Path data = Caravan.settings(Map.of()).path("caravan.data");
        List<RunState> joined = RunState.joined(data).stream()
                .filter(state -> name == null || name.equals(state.name()))
                .toList();
        if (name != null && joined.isEmpty()) {
            throw new ApiConnection.Refused(
                    "No process called %s runs here. './caravan status' lists those that do.".formatted(name));
        }
        Optional<RunState> main = name == null ? RunState.read(data) : Optional.empty();
        if (joined.isEmpty() && main.isEmpty()) {
            System.out.println("Caravan is not running.");
        }
        // Stops the joined processes first: they give their jobs back to servers that may stop with the main process.
        joined.stream().flatMap(state -> process(state).stream()).forEach(ProcessHandle::destroy);
        for (RunState state : joined) {
            end(state, "Caravan's " + state.name());
        }
        if (main.isPresent()) {
            end(main.get(), "Caravan");
        }
        return 0;
    }

    private void end(RunState state, String who) throws InterruptedException {
        Optional<ProcessHandle> process = process(state);
        boolean byItself = process.isEmpty() || ended(process.get());
        System.out.println(byItself ? who + " has ended." : who + " did not end by itself and was killed.");
    }

    private static Optional<ProcessHandle> process(RunState state) {
        return ProcessHandle.of(state.pid());
    }

    /**
     * Polls every few milliseconds, because {@link ProcessHandle#onExit} polls processes that are not children every two
     * seconds.
     */
    private boolean ended(ProcessHandle process) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        process.destroy();
        while (process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        boolean byItself = !process.isAlive();
        process.destroyForcibly();
        return byItself;
    }
}
