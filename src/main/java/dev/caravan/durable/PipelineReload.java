package dev.caravan.durable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Keeps Caravan at what stands in the folders of integrators: loads them at the start, and again whenever a file changes. A
 * file with a mistake changes nothing; what it said before stays.
 */
public final class PipelineReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineReload.class);
    /** A file that looks the same twice in a row is written to its end. */
    private static final Duration LOOK = Duration.ofMillis(400);

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final PipelineFolders folders;
    private final Catalog catalog;
    private final BiFunction<String, String, List<String>> kameletCheck;
    private final Supplier<Set<String>> running;
    private final Runnable changed;
    private ModelCamelContext context;
    private ShippedFlows shipped;
    private PipelineLoader loader;
    private ScheduledExecutorService timer;
    private Map<Path, String> loadedStamps = Map.of();
    private Map<Path, String> lastStamps = Map.of();
    private Map<Path, FlowFile> good = Map.of();
    private volatile List<Mistake> mistakes = List.of();
    private long outdatedSince;
    /** Why the folders could not be read at the last look; empty if they could. */
    private String unreadable = "";

    /**
     * @param kameletCheck what else a Kamelet may not contain: file name and text in, problems out
     * @param running routes of the pipelines that jobs run with
     * @param changed is called after each change of the pipelines
     */
    public PipelineReload(
            PipelineFolders folders,
            Catalog catalog,
            BiFunction<String, String, List<String>> kameletCheck,
            Supplier<Set<String>> running,
            Runnable changed) {
        this.folders = folders;
        this.catalog = catalog;
        this.kameletCheck = kameletCheck;
        this.running = running;
        this.changed = changed;
    }

    /**
     * Loads the folders before the routes start.
     *
     * @param patterns of the shipped routes
     * @throws RouteLint.Refused with all mistakes: a start with other pipelines than these would do other work than is wanted
     */
    public synchronized void first(CamelContext starting, String patterns) {
        context = (ModelCamelContext) starting;
        loadedStamps = folders.stamps();
        lastStamps = loadedStamps;
        if (loadedStamps.isEmpty()) {
            return;
        }
        prepare(patterns);
        try (DryRun run = dryRun(folders.read())) {
            if (!run.mistakes().isEmpty()) {
                throw new RouteLint.Refused(run.mistakes());
            }
            start(run);
            remember(run.files());
        }
        LOG.info("{} pipelines of your own: {}", own().size(), String.join(", ", own()));
    }

    private void start(DryRun run) {
        try {
            loader.load(run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Your own pipelines cannot be loaded", e);
        }
    }

    private void prepare(String patterns) {
        if (loader == null) {
            shipped = ShippedFlows.read(context, patterns);
            loader = new PipelineLoader(context, catalog, shipped);
        }
    }

    /** Looks for changes from now on. */
    public void watch(String patterns) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "pipelines");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> look(patterns), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look(String patterns) {
        try {
            Map<Path, String> now = folders.stamps();
            boolean settled = now.equals(lastStamps);
            lastStamps = now;
            if (settled && !now.equals(loadedStamps)) {
                prepare(patterns);
                reload(folders.read());
                loadedStamps = now;
                unreadable = "";
            }
            removeOutdated();
        } catch (Exception e) {
            // Tried again at each look: a file that may be read from now on has the same stamp as before.
            if (!unreadable.equals(String.valueOf(e.getMessage()))) {
                unreadable = String.valueOf(e.getMessage());
                LOG.error("The folders of pipelines could not be read: {}. What is loaded stays", unreadable, e);
            }
        }
    }

    private void removeOutdated() {
        if (loader == null || catalog.outdated().isEmpty()) {
            outdatedSince = System.nanoTime();
        } else if (System.nanoTime() - outdatedSince > KEPT.toNanos()) {
            loader.removeOutdated(running.get());
        }
    }

    private void reload(List<FlowFile> read) {
        Map<String, LoadedPipeline> before = catalog.current();
        Set<Mistake> found = new LinkedHashSet<>();
        Map<Path, FlowFile> files = byPath(read);
        for (int tries = 0; tries <= read.size() + 2; tries++) {
            try (DryRun run = dryRun(files.values())) {
                found.addAll(run.mistakes());
                if (run.mistakes().isEmpty()) {
                    load(run, found);
                    break;
                }
                files = without(files, run.mistakes());
            }
        }
        tell(List.copyOf(found), before);
    }

    private void load(DryRun run, Set<Mistake> found) {
        try {
            loader.load(run);
            remember(run.files());
        } catch (MarkedYamlEngineException e) {
            found.add(RouteLint.malformed("one of " + folders, e));
        } catch (Exception e) {
            LOG.error("The changed pipelines could not be loaded; those before stay", e);
            found.add(new Mistake(run.files().get(0).name(), 1, 1, "Camel cannot load it: " + e.getMessage()));
        }
    }

    /** The faulty files as they were when they were good; where that does not help, all changed Kamelets, and then all. */
    private Map<Path, FlowFile> without(Map<Path, FlowFile> files, List<Mistake> wrong) {
        Set<String> faulty = wrong.stream().map(Mistake::file).collect(Collectors.toSet());
        Map<Path, FlowFile> next = replaced(files, file -> faulty.contains(file.name()));
        if (next.equals(files)) {
            next = replaced(files, FlowFile::isKamelet);
        }
        return next.equals(files) ? good : next;
    }

    private Map<Path, FlowFile> replaced(Map<Path, FlowFile> files, Predicate<FlowFile> which) {
        Map<Path, FlowFile> next = new TreeMap<>();
        files.forEach((path, file) -> {
            FlowFile then = which.test(file) ? good.get(path) : file;
            if (then != null) {
                next.put(path, then);
            }
        });
        return next;
    }

    private void tell(List<Mistake> found, Map<String, LoadedPipeline> before) {
        List<Mistake> known = mistakes;
        mistakes = found;
        found.stream()
                .filter(mistake -> !known.contains(mistake))
                .forEach(mistake -> LOG.error("{}. The file changes nothing until this is mended", mistake));
        if (found.isEmpty() && !known.isEmpty()) {
            LOG.info("All files of the folders of pipelines are good again");
        }
        Map<String, LoadedPipeline> now = catalog.current();
        if (!now.equals(before)) {
            differences(before, now).forEach(LOG::info);
            changed.run();
        }
    }

    private static List<String> differences(Map<String, LoadedPipeline> before, Map<String, LoadedPipeline> now) {
        List<String> lines = new ArrayList<>();
        now.forEach((name, version) -> {
            if (!version.equals(before.get(name))) {
                lines.add("pipeline %s is now version %s from %s; running jobs keep theirs"
                        .formatted(
                                name,
                                version.origin().version(),
                                version.origin().file()));
            }
        });
        before.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> lines.add(
                        "pipeline %s is gone; jobs of it that wait go on waiting until it is back".formatted(name)));
        return lines;
    }

    private DryRun dryRun(Collection<FlowFile> files) {
        return new DryRun(context, shipped, files, kameletCheck).run();
    }

    private void remember(Collection<FlowFile> files) {
        good = byPath(files);
    }

    private static Map<Path, FlowFile> byPath(Collection<FlowFile> files) {
        Map<Path, FlowFile> byPath = new LinkedHashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return byPath;
    }

    /** What is wrong in the folders now. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private List<String> own() {
        return catalog.current().values().stream()
                .filter(version -> !version.origin().shipped())
                .map(LoadedPipeline::name)
                .toList();
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
