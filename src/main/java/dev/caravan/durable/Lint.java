package dev.caravan.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * Finds what {@code ./caravan lint} says of files, without starting anything.
 *
 * @param mistakes for which a file is not loaded
 * @param hints of what works, but perhaps not as it is meant
 */
public record Lint(List<Mistake> mistakes, List<Mistake> hints) {

    /**
     * Checks files together with all that Caravan would load beside them.
     *
     * @param settings a context that has the settings; it need not be started
     * @param patterns of the shipped routes, separated by commas
     * @param files to check, which need not be in a folder; empty for all that there are
     * @param kameletCheck what else a Kamelet may not contain: file name and text in, problems out
     * @throws IOException where one of the files cannot be read
     */
    public static Lint of(
            CamelContext settings,
            String patterns,
            PipelineFolders folders,
            List<Path> files,
            BiFunction<String, String, List<String>> kameletCheck)
            throws IOException {
        List<FlowFile> asked = new ArrayList<>();
        for (Path file : files) {
            asked.add(PipelineFolders.read(file));
        }
        try (DryRun run = new DryRun(
                        settings, ShippedFlows.read(settings, patterns), together(folders, asked), kameletCheck)
                .run()) {
            Set<String> names = asked.stream().map(FlowFile::name).collect(Collectors.toSet());
            List<Mistake> own = only(names, run.mistakes());
            // With a mistake elsewhere not all was looked at, so that one counts as well.
            return new Lint(own.isEmpty() ? only(Set.of(), run.mistakes()) : own, only(names, run.hints()));
        }
    }

    /** A file that is asked for stands before one of its name in the folders. */
    private static Collection<FlowFile> together(PipelineFolders folders, List<FlowFile> asked) {
        Map<String, FlowFile> files = new TreeMap<>();
        folders.read().forEach(file -> files.put(file.path().toString(), file));
        for (FlowFile file : asked) {
            files.values()
                    .removeIf(other ->
                            other.path().getFileName().equals(file.path().getFileName()));
        }
        asked.forEach(file -> files.put(file.path().toString(), file));
        return files.values();
    }

    private static List<Mistake> only(Set<String> names, List<Mistake> all) {
        return all.stream()
                .filter(mistake -> names.isEmpty() || names.contains(mistake.file()))
                .distinct()
                .sorted()
                .toList();
    }
}
