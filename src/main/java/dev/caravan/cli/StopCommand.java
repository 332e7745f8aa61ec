package dev.caravan.cli;

import dev.caravan.Caravan;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Ends the running Caravan; unfinished jobs go on at the next start.")
final class StopCommand implements Callable<Integer> {

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "45",
            description = "How long it may take before it is killed (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Override
    public Integer call() throws Exception {
        Optional<ProcessHandle> process = RunState.read(
                        Caravan.settings(Map.of()).path("caravan.data"))
                .flatMap(state -> ProcessHandle.of(state.pid()));
        if (process.isEmpty()) {
            System.out.println("Caravan is not running.");
            return 0;
        }
        System.out.println(
                ended(process.get()) ? "Caravan has ended." : "Caravan did not end by itself and was killed.");
        return 0;
    }

    /** Looks every few milliseconds, because {@link ProcessHandle#onExit} looks at strangers every other second. */
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
