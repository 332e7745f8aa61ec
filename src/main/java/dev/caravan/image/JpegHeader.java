package dev.caravan.image;

import java.io.IOException;

/** Reads JPEG up to the start of its picture (ITU-T T.81, annex B), with the EXIF and ICC segments between. */
final class JpegHeader {
    private static final int MAX_SEGMENTS = 2000;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int CMYK = 4;
    /** The profile of the colours that a file without a profile has. */
    private static final String SRGB = "sRGB IEC61966";

    private int orientation = 1;
    private boolean profiled;

    private JpegHeader() {}

    static PictureHeader read(RandomAccessBytes bytes) throws IOException {
        return new JpegHeader().walk(bytes);
    }

    private PictureHeader walk(RandomAccessBytes bytes) throws IOException {
        long at = 2;
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            int marker = (int) bytes.big(at, 2) & 0xFF;
            if (bytes.big(at, 1) != 0xFF || marker == EOI || marker == SOS) {
                break;
            } else if (marker == 0xFF) {
                at++; // Fill bytes may precede a marker.
            } else if (marker == SOI || marker >= 0xD0 && marker <= 0xD7 || marker == 0x01) {
                at += 2;
            } else if (startsFrame(marker)) {
                boolean cmyk = bytes.big(at + 9, 1) == CMYK;
                return new PictureHeader(
                        (int) bytes.big(at + 7, 2),
                        (int) bytes.big(at + 5, 2),
                        orientation,
                        profiled || cmyk,
                        cmyk,
                        false);
            } else {
                int length = (int) bytes.big(at + 2, 2);
                look(bytes, marker, at + 4, length - 2);
                at += 2 + Math.max(2, length);
            }
        }
        throw new IOException("it says nothing of a picture");
    }

    private void look(RandomAccessBytes bytes, int marker, long at, int length) throws IOException {
        if (marker == APP1 && length > 6 && bytes.says(at, "Exif\0\0")) {
            orientation = TiffDirectory.orientation(bytes, at + 6);
        } else if (marker == APP2 && length > 14 && bytes.says(at, "ICC_PROFILE\0")) {
            profiled |= !bytes.text(at, length).contains(SRGB);
        }
    }

    /** True for SOF0 to SOF15, without DHT, JPG and DAC, which are in the same range. */
    private static boolean startsFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
