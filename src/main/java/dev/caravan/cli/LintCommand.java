package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.Caravan;
import dev.caravan.durable.Lint;
import dev.caravan.durable.Mistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Checks files of pipelines and Kamelets: file:line:column: message. Starts nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no mistakes", "1:mistakes", "2:a file that cannot be read, or a wrong option"})
final class LintCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The folder where the launcher was called; it runs Java in its own folder. */
    private static final String CALLER = "CARAVAN_CALLER_DIR";

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Default: all that a run would load.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Prints mistakes and hints as JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<Path> found = files.stream().map(LintCommand::fromCaller).toList();
        for (Path file : found) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new ApiConnection.Refused(
                        "The file %s cannot be read. Name a *.camel.yaml or a *.kamelet.yaml.".formatted(file), 2);
            }
        }
        Lint lint = Caravan.lint(found);
        if (json) {
            System.out.println(JSON.writeValueAsString(lint));
        } else {
            Stream.concat(
                            lint.mistakes().stream().map(mistake -> line(mistake, "")),
                            lint.hints().stream().map(hint -> line(hint, "hint: ")))
                    .forEach(System.out::println);
        }
        return lint.mistakes().isEmpty() ? 0 : 1;
    }

    /** Returns the file's path relative to where the launcher was called, so that editors and terminals find it. */
    private static String line(Mistake mistake, String kind) {
        Path caller =
                Path.of(Optional.ofNullable(System.getenv(CALLER)).orElse("")).toAbsolutePath();
        Path file = Path.of(mistake.file());
        return "%s:%d:%d: %s%s"
                .formatted(
                        file.isAbsolute() && file.startsWith(caller) ? caller.relativize(file) : file,
                        mistake.line(),
                        mistake.column(),
                        kind,
                        mistake.message());
    }

    static Path fromCaller(Path file) {
        String caller = System.getenv(CALLER);
        return caller == null ? file : Path.of(caller).resolve(file);
    }
}
