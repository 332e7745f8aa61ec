package dev.caravan.imports;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Imported;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.DownloadListener;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetched;
import dev.caravan.fetch.Fetcher;
import dev.caravan.json.Json;
import dev.caravan.media.FileKind;
import dev.caravan.media.StepOutput;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Publishing;
import dev.caravan.work.RunningJob;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The bean {@code fetchUrl} of the Kamelet fetch-url-action: downloads the file of an import. */
public final class FetchUrl {
    private static final Duration STORING = Duration.ofMinutes(10);

    private final Fetcher fetcher;
    private final Assets assets;
    private final Publishing publishing;
    private final ImportDeduplication known;
    private final Files files;
    private final Clock clock;

    FetchUrl(
            Fetcher fetcher,
            Assets assets,
            Publishing publishing,
            ImportDeduplication known,
            Files files,
            Clock clock) {
        this.fetcher = fetcher;
        this.assets = assets;
        this.publishing = publishing;
        this.known = known;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Fetches the announced file and makes it the asset's source and file, the body, and the variables {@code hash}, as
     * hash-file-action would, and {@code import}.
     */
    public void fetch(Exchange exchange) {
        RunningJob run = (RunningJob) StepContext.of(exchange);
        Asset asset = assets.find(run.assetId())
                .filter(found -> !found.deleted())
                .orElseThrow(() -> StepException.fenced("The asset was deleted"));
        Imported imported = Optional.ofNullable(asset.imported())
                .orElseThrow(() -> StepException.permanent(
                        "NOTHING_TO_IMPORT",
                        "This asset did not come by URL, so there is none to fetch",
                        "POST /api/v1/media/import-from-url makes an asset that does."));
        run.timeLimit(fetcher.timeout().plus(STORING));
        Path local = run.workspace().resolve("import");
        Fetched fetched = fetch(imported, local, run);
        FileKind kind = FileKind.of(local);
        requireType(asset, kind);
        MediaFile file = store(run, local, kind, asset.filename());
        String duplicateOf = known.firstOther(asset.owner(), fetched.sha256(), asset.assetId())
                .orElse(null);
        Imported here = imported.come(fetched.sha256(), duplicateOf);
        publishing.write(run, now -> assets.writeOf(now)
                .set("source", Json.toMap(file))
                .set("file", Json.toMap(file))
                .set("size_before", file.size())
                .set("imported", Json.toMap(here)));
        exchange.getMessage().setBody(file);
        exchange.setVariable("hash", Map.of("sha256", fetched.sha256(), "size", fetched.size()));
        exchange.setVariable("import", learned(kind, duplicateOf));
    }

    /** Fetches the file; a transient failure is retried for as long as the URL is valid. */
    private Fetched fetch(Imported imported, Path local, RunningJob run) {
        if (DataUri.isMedia(imported.url())) {
            return DataUri.of(imported.url()).into(local);
        }
        try {
            return fetcher.fetch(FetchTarget.of(imported.url()), local, listening(run));
        } catch (StepException e) {
            Duration left = imported.until() == null
                    ? Duration.ZERO
                    : Duration.between(clock.instant(), Instant.parse(imported.until()));
            throw left.isNegative() || left.isZero() ? e : e.insisting(left);
        }
    }

    private static Map<String, Object> learned(FileKind kind, String duplicateOf) {
        Map<String, Object> learned = new LinkedHashMap<>();
        learned.put("content_type", kind.contentType());
        if (duplicateOf != null) {
            learned.put("duplicate_of", duplicateOf);
        }
        return learned;
    }

    /** Checks the type. The probe tells a video from audio. */
    private static void requireType(Asset asset, FileKind kind) {
        if (kind.picture() != (asset.type() == AssetType.IMAGE)) {
            throw StepException.permanent(
                    "TYPE_MISMATCH",
                    "The file at the URL is of the type %s, and was announced as %s"
                            .formatted(kind.contentType(), asset.type().word()),
                    "Import it again with the type that it has.");
        }
    }

    /** Stores the file; the next steps find its bytes in the workspace. */
    private MediaFile store(RunningJob run, Path local, FileKind kind, String name) {
        Path kept = local.resolveSibling("import-kept");
        try {
            java.nio.file.Files.deleteIfExists(kept);
            java.nio.file.Files.createLink(kept, local);
            MediaFile file = StepOutput.store(files, run, local, kind.extension(), kind.contentType(), name);
            files.offer(file, run.workspace(), kept);
            java.nio.file.Files.delete(kept);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DownloadListener listening(RunningJob run) {
        return new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                // Without a length the fraction never reaches 1, but always grows.
                run.progress(total > 0 ? (double) bytes / total : bytes / (bytes + 1e8));
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                StepContext.Registration registration = run.onAbort(stop);
                return registration::close;
            }
        };
    }
}
