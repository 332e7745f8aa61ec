package dev.caravan.announce;

import dev.caravan.asset.Announced;
import dev.caravan.asset.Asset;
import dev.caravan.storage.Deposits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts the bytes of an announced file into S3 as they come; never more of them than one part lie here. Nothing of a file that
 * breaks off is seen, and it may be sent again.
 */
final class Proxy {
    private final Announcements announcements;
    private final Deposits deposits;
    private final AnnounceSettings settings;
    private final Path folder;

    /** @param folder for the bytes of one part */
    Proxy(Announcements announcements, Deposits deposits, AnnounceSettings settings, Path folder) {
        this.announcements = announcements;
        this.deposits = deposits;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * @param length of what will come, or -1 where nobody knows
     * @return bytes that have come, which are as many as were announced
     * @throws dev.caravan.http.ProblemException when the asset takes no bytes, or other ones
     */
    long store(String mediaId, InputStream bytes, long length) throws IOException {
        Asset asset = announcements.open(mediaId);
        Announced announced = asset.announced();
        if (length >= 0 && length != announced.size()) {
            throw ArrivedFiles.sizeDiffers(announced.size(), length);
        }
        List<Piece> plan = announced.uploadId() == null ? List.of(new Piece(1, announced.size())) : Piece.of(announced);
        try (Pieces pieces = Pieces.in(folder, plan.get(0).size() + settings.leastDisk())) {
            long before = 0;
            for (Piece piece : plan) {
                pieces.clear();
                pieces.fill(bytes, piece.size());
                before += pieces.size();
                boolean last = piece.number() == plan.size();
                // Known before the last of it is stored: a file of another size is never there as a whole.
                if (pieces.size() < piece.size() || last && bytes.read() >= 0) {
                    throw ArrivedFiles.sizeDiffers(
                            announced.size(), last && before == announced.size() ? before + 1 : before);
                }
                send(asset, piece, pieces);
            }
        }
        return announced.size();
    }

    private void send(Asset asset, Piece piece, Pieces bytes) {
        Announced announced = asset.announced();
        String key = asset.source().key();
        if (announced.uploadId() == null) {
            deposits.put(key, bytes.file(), announced.contentType());
        } else {
            deposits.putPart(key, announced.uploadId(), piece.number(), bytes.file(), piece.size());
        }
    }
}
