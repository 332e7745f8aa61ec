package dev.caravan.image;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The header of a picture, read before any program decodes it.
 *
 * @param width pixels as stored
 * @param height pixels as stored
 * @param orientation EXIF's value, 1 to 8: how the picture is turned and mirrored for display; 1 when unknown
 * @param profiled whether its colours differ from sRGB: it carries a profile, or is CMYK
 * @param cmyk whether its colours are inks
 * @param alpha whether it may be transparent
 */
record PictureHeader(int width, int height, int orientation, boolean profiled, boolean cmyk, boolean alpha) {
    private static final int TURNED = 5;
    private static final int LAST = 8;

    /** @throws StepException permanent {@code MEDIA_UNREADABLE} */
    static PictureHeader of(Path file, PictureKind kind) {
        try (RandomAccessBytes bytes = new RandomAccessBytes(file)) {
            PictureHeader header = kind.header(bytes);
            if (header.width() < 1 || header.height() < 1) {
                throw new IOException("it does not say how large the picture is");
            }
            return header;
        } catch (IOException e) {
            throw StepException.permanent(
                    "MEDIA_UNREADABLE",
                    "The header of the picture cannot be read: " + e.getMessage(),
                    "Check that it opens elsewhere, and upload it again.");
        }
    }

    static PictureHeader plain(int width, int height, boolean alpha) {
        return new PictureHeader(width, height, 1, false, false, alpha);
    }

    /** @throws StepException permanent {@code PICTURE_TOO_LARGE} */
    void requireAtMost(long maxPixels) {
        if ((long) width * height > maxPixels) {
            throw StepException.permanent(
                    "PICTURE_TOO_LARGE",
                    "The picture has %dx%d pixels; at most %d are decoded".formatted(width, height, maxPixels),
                    "Upload a smaller picture, or raise caravan.image.max-pixels.");
        }
    }

    /** Returns the size for display. */
    PictureSize size() {
        return orientation >= TURNED && orientation <= LAST
                ? new PictureSize(height, width)
                : new PictureSize(width, height);
    }
}
