package dev.caravan.stream;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.asset.Derivative;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the file of a request. */
final class StreamFileResolver {
    static final String ORIGINAL = "original";
    private static final String ID = "[A-Za-z0-9_.-]{1,128}";

    private final Assets assets;

    StreamFileResolver(Assets assets) {
        this.assets = assets;
    }

    /**
     * Reads the record from DynamoDB, and waits for the answer.
     *
     * @param type of a derivative, or {@value #ORIGINAL}; empty for the current file
     * @throws ProblemException {@code UNKNOWN_VIDEO} or {@code UNKNOWN_FILE}
     */
    StreamFile find(String id, Optional<String> type) {
        Asset asset = Optional.of(id)
                .filter(text -> text.matches(ID))
                .flatMap(assets::find)
                .filter(found -> !found.deleted())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_VIDEO,
                        "There is no video with the id " + id,
                        "GET /api/videos lists those that there are."));
        return type.map(wanted -> wanted.equals(ORIGINAL) ? original(asset) : derivative(asset, wanted))
                .orElseGet(() -> current(asset))
                .orElseThrow(() -> unknownFile(asset, type));
    }

    private static Optional<StreamFile> original(Asset asset) {
        return Optional.ofNullable(asset.source()).map(file -> StreamFile.of(asset, file, asset.createdAt()));
    }

    private static Optional<StreamFile> derivative(Asset asset, String type) {
        return derivatives(asset).stream()
                .filter(derivative -> derivative.type().equals(type))
                .reduce((older, newer) -> newer)
                .map(derivative -> StreamFile.of(asset, derivative.file(), derivative.createdAt()));
    }

    /** Finds the current file. A date cannot tell it from the upload that it replaced within the same second. */
    private static Optional<StreamFile> current(Asset asset) {
        MediaFile file = asset.file();
        if (file == null || file.equals(asset.source())) {
            return original(asset).filter(shown -> file != null);
        }
        return derivatives(asset).stream()
                .filter(derivative -> file.equals(derivative.file()))
                .findFirst()
                .map(derivative -> StreamFile.of(asset, file, derivative.createdAt()))
                .filter(shown -> !shown.modified().equals(original(asset).flatMap(StreamFile::modified)))
                .or(() -> Optional.of(StreamFile.of(asset, file, null)));
    }

    private static List<Derivative> derivatives(Asset asset) {
        return Optional.ofNullable(asset.derivatives()).orElse(List.of());
    }

    private static ProblemException unknownFile(Asset asset, Optional<String> type) {
        List<String> types = new ArrayList<>();
        if (asset.source() != null) {
            types.add(ORIGINAL);
        }
        derivatives(asset).forEach(derivative -> types.add(derivative.type()));
        return new ProblemException(
                ProblemCode.UNKNOWN_FILE,
                "The video %s has no file %s"
                        .formatted(
                                asset.assetId(),
                                type.map("of the type "::concat).orElse("yet")),
                types.isEmpty()
                        ? "Wait until it is uploaded."
                        : "It has these types: %s; without a type you get its file of the moment."
                                .formatted(String.join(", ", types)));
    }
}
