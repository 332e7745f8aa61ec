package dev.caravan;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Nearest;
import dev.caravan.settings.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines that this worker takes. Queue names of older systems mean the pipelines that do their work.
 *
 * @param set as the user wrote them
 * @param names of pipelines; empty for all
 */
record WorkerPipelines(List<String> set, Set<String> names) {
    static final String KEY = "caravan.worker.pipelines";

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPipelines.class);
    /** The older systems' queue for jobs that have no queue of their own. */
    private static final String EVERYTHING = "default";

    private static final Map<String, List<String>> OLDER =
            Map.of("media_import", List.of("import-media", "import-image", "import-audio"));

    static WorkerPipelines of(Settings settings) {
        List<String> set = settings.list(KEY);
        Set<String> names = new LinkedHashSet<>();
        set.forEach(name -> names.addAll(OLDER.getOrDefault(name, List.of(name))));
        return new WorkerPipelines(set, set.contains(EVERYTHING) ? Set.of() : Set.copyOf(names));
    }

    /**
     * Logs which older names were understood, and how.
     *
     * @param known the pipelines that exist
     * @throws InvalidSetting when a name is not that of a pipeline: no worker would take jobs for it
     */
    void check(Set<String> known) {
        set.stream()
                .filter(name -> !known.contains(name) && !name.equals(EVERYTHING) && !OLDER.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSetting(
                            KEY,
                            String.join(",", set),
                            "there is no pipeline %s. Did you mean %s? There are %s; empty means all"
                                    .formatted(
                                            name,
                                            Nearest.of(name, known).orElse("none"),
                                            String.join(", ", new TreeSet<>(known))));
                });
        set.stream()
                .filter(OLDER::containsKey)
                .forEach(name -> LOG.warn(
                        "WORKER_QUEUES: the older system's queue {} is here {}",
                        name,
                        String.join(", ", OLDER.get(name))));
        if (set.contains(EVERYTHING)) {
            LOG.warn(
                    "WORKER_QUEUES: the older system's queue {} is here every pipeline, so this worker takes all",
                    EVERYTHING);
        }
    }
}
