package dev.caravan.image;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Path;

/** Checks a JPEG that a program has written: exit code 0 is not success. */
final class JpegCheck {
    private static final long START = 0xFFD8;
    private static final long END = 0xFFD9;

    private JpegCheck() {}

    /**
     * @param profile whether it may carry the ICC profile of its source
     * @throws StepException transient {@code OUTPUT_INVALID} unless it is whole, upright, and not CMYK
     */
    static PictureSize size(Path file, boolean profile) {
        try (RandomAccessBytes bytes = new RandomAccessBytes(file)) {
            if (bytes.big(0, 2) != START || bytes.big(bytes.size() - 2, 2) != END) {
                throw invalid("it is no whole JPEG");
            }
            PictureHeader header = PictureKind.JPEG.header(bytes);
            if (header.profiled() && !profile || header.cmyk() || header.orientation() != 1) {
                throw invalid("its colours or its orientation were not settled");
            }
            return header.size();
        } catch (IOException e) {
            throw invalid(e.getMessage());
        }
    }

    static StepException invalid(String difference) {
        return StepException.transientFailure(
                        "OUTPUT_INVALID",
                        "The program reported success, but the picture is not as promised: " + difference,
                        "If it happens again with this file, report it together with the file.")
                .permanentWhenRepeated();
    }
}
