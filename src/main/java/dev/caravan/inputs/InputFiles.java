package dev.caravan.inputs;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Derivative;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.DownloadListener;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetcher;
import dev.caravan.media.FurtherInputs;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.InputVersions;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.codec.digest.DigestUtils;

/** Fetches and versions further inputs: the beans {@code furtherInputs} and {@code inputVersions}. */
final class InputFiles implements FurtherInputs, InputVersions {
    private static final String ASSET = "asset:";
    private static final String OBJECT = "s3:";
    private static final String FILE = "file:";

    private final Fetcher fetcher;
    private final Assets assets;
    private final Files files;
    private final PipelineFiles beside;

    InputFiles(Fetcher fetcher, Assets assets, Files files, PipelineFiles beside) {
        this.fetcher = fetcher;
        this.assets = assets;
        this.files = files;
        this.beside = beside;
    }

    @Override
    public Path fetch(StepContext step, String uri, boolean fromJob) {
        if (uri.startsWith(ASSET)) {
            return files.fetch(ofAsset(step, uri.substring(ASSET.length()), fromJob), step.workspace());
        } else if (uri.startsWith("http://") || uri.startsWith("https://")) {
            return download(step, uri);
        } else if (!fromJob && uri.startsWith(OBJECT)) {
            return files.fetch(object(uri.substring(OBJECT.length())), step.workspace());
        } else if (!fromJob && uri.startsWith(FILE)) {
            return copy(step, uri.substring(FILE.length()));
        }
        throw StepException.permanent(
                "INPUT_REFUSED",
                "'%s' names no file that a step may read".formatted(uri),
                fromJob
                        ? "Name an https URL, or asset:ID of an asset of your own."
                        : "Name an https URL, asset:ID, s3:KEY, or file:NAME for a file beside the pipelines.");
    }

    /** The version of a URL is unknown until it is read. */
    @Override
    public String of(String uri) {
        if (uri.startsWith(ASSET)) {
            return ofAsset(uri.substring(ASSET.length()), asset -> true)
                    .map(MediaFile::etag)
                    .orElse("");
        } else if (uri.startsWith(OBJECT)) {
            return files.find(uri.substring(OBJECT.length()))
                    .map(MediaFile::etag)
                    .orElse("");
        }
        return uri.startsWith(FILE) ? beside.hash(uri.substring(FILE.length())) : "";
    }

    /** A job reads assets of its own owner; a pipeline may name any, such as one with the company's logo. */
    private MediaFile ofAsset(StepContext step, String name, boolean fromJob) {
        return ofAsset(name, asset -> !fromJob || asset.owner().equals(step.owner()))
                .orElseThrow(() -> gone("There is no asset, or no such file of it, for asset:" + name));
    }

    private Optional<MediaFile> ofAsset(String name, Predicate<Asset> allowed) {
        String[] parts = name.split("/", 2);
        return assets.find(parts[0])
                .filter(asset -> !asset.deleted())
                .filter(allowed)
                .flatMap(asset -> parts.length == 1 ? Optional.ofNullable(asset.file()) : derivative(asset, parts[1]));
    }

    private static Optional<MediaFile> derivative(Asset asset, String type) {
        return Optional.ofNullable(asset.derivatives()).stream()
                .flatMap(derivatives -> derivatives.stream())
                .filter(derivative -> derivative.type().equals(type))
                .map(Derivative::file)
                .findFirst();
    }

    private MediaFile object(String key) {
        return files.find(key).orElseThrow(() -> gone("There is no object %s in the bucket".formatted(key)));
    }

    private static StepException gone(String message) {
        return StepException.permanent("INPUT_GONE", message, "Correct the input in the pipeline or in the job.");
    }

    private Path download(StepContext step, String uri) {
        Path local = local(step, uri);
        if (!java.nio.file.Files.exists(local)) {
            step.timeLimit(fetcher.timeout());
            try {
                fetcher.fetch(FetchTarget.of(uri), local, listening(step));
            } finally {
                step.timeLimitOver();
            }
        }
        return local;
    }

    private Path copy(StepContext step, String name) {
        Path local = local(step, FILE + name);
        try (InputStream in =
                beside.open(name).orElseThrow(() -> gone("There is no file %s beside the pipelines".formatted(name)))) {
            java.nio.file.Files.deleteIfExists(local);
            java.nio.file.Files.copy(in, local);
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path local(StepContext step, String uri) {
        return step.workspace().resolve("input-" + DigestUtils.sha256Hex(uri).substring(0, 16));
    }

    private static DownloadListener listening(StepContext step) {
        return new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                // The step's progress is FFmpeg's.
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                StepContext.Registration registration = step.onAbort(stop);
                return registration::close;
            }
        };
    }
}
