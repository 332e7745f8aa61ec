package dev.caravan.subtitle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Reads the height of a line of a font, in its own em: libass scales letters so that this height is the requested size,
 * so a font with much room above its letters has small ones.
 *
 * @see <a href="https://learn.microsoft.com/typography/opentype/spec/otff">OpenType: table directory, collections</a>
 */
final class FontHeight {
    private static final int COLLECTION = 0x74746366;
    private static final int TAG_LENGTH = 4;
    private static final int ENTRY = 16;
    private static final int UNITS_PER_EM = 18;
    private static final int WIN_ASCENT = 74;
    private static final int ASCENDER = 4;

    private final RandomAccessFile file;
    private final long directory;

    private FontHeight(RandomAccessFile file, long directory) {
        this.file = file;
        this.directory = directory;
    }

    /**
     * Empty if the file is not an OpenType font.
     *
     * @param index index of the font in a collection
     */
    static OptionalDouble of(Path path, int index) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long directory = 0;
            if (file.readInt() == COLLECTION) {
                file.seek(12 + TAG_LENGTH * (long) index);
                directory = file.readInt() & 0xFFFFFFFFL;
            }
            return new FontHeight(file, directory).read();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private OptionalDouble read() throws IOException {
        int em = (int) number("head", UNITS_PER_EM) & 0xFFFF;
        int height = number("OS/2", WIN_ASCENT) + number("OS/2", WIN_ASCENT + 2);
        int line = height == 0 ? number("hhea", ASCENDER) - number("hhea", ASCENDER + 2) : height;
        return em > 0 && line > 0 ? OptionalDouble.of((double) line / em) : OptionalDouble.empty();
    }

    /** Reads sixteen bits with a sign; 0 if there is no such table. */
    private short number(String table, int offset) throws IOException {
        file.seek(directory + TAG_LENGTH);
        int tables = file.readUnsignedShort();
        for (int at = 0; at < tables; at++) {
            file.seek(directory + 12 + (long) at * ENTRY);
            byte[] tag = new byte[TAG_LENGTH];
            file.readFully(tag);
            if (new String(tag, StandardCharsets.US_ASCII).equals(table)) {
                file.skipBytes(TAG_LENGTH);
                file.seek((file.readInt() & 0xFFFFFFFFL) + offset);
                return file.readShort();
            }
        }
        return 0;
    }
}
