package dev.caravan;

import dev.caravan.durable.Catalog;
import dev.caravan.durable.PipelineFolders;
import dev.caravan.durable.PipelineReload;
import dev.caravan.ffmpeg.CommandLint;
import dev.caravan.settings.Settings;
import dev.caravan.work.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the integrators' folders of pipelines, which the settings name. */
final class OwnPipelines {
    static final String KEY = "caravan.pipelines";

    private static final Logger LOG = LoggerFactory.getLogger(OwnPipelines.class);
    /** Beside the launcher; it need not exist. */
    private static final String USUAL = "pipelines";

    private OwnPipelines() {}

    static PipelineFolders folders(Settings settings) {
        return new PipelineFolders(settings.list(KEY).stream().map(Path::of).toList());
    }

    /** @param changed is called after each change of the pipelines */
    static PipelineReload of(Settings settings, Catalog catalog, Supplier<Worker> worker, Runnable changed) {
        PipelineFolders folders = folders(settings);
        if (!settings.list(KEY).equals(List.of(USUAL))) {
            folders.missing()
                    .forEach(folder -> LOG.warn(
                            "{}: the folder {} does not exist; pipelines are read as soon as it is there",
                            KEY,
                            folder));
        }
        return new PipelineReload(folders, catalog, CommandLint::problems, () -> running(worker.get()), changed);
    }

    private static Set<String> running(Worker worker) {
        return worker.running().stream().map(run -> run.pipeline().route()).collect(Collectors.toSet());
    }
}
