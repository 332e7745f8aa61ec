package dev.caravan.subtitle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an MP4 with one track of timed text, for FFmpeg to copy from. FFmpeg's own encoder reads ASS, in which braces
 * and backslashes are codes that cannot be escaped.
 *
 * @see <a href="https://www.iso.org/standard/83102.html">ISO/IEC 14496-12: boxes</a>
 * @see <a href="https://www.3gpp.org/dynareport/26245.htm">3GPP TS 26.245, section 5.16: the sample entry</a>
 */
final class TextTrack {
    private static final int TICKS = 1000;
    private static final int ONE = 0x10000;
    private static final int UNITY = 0x40000000;
    private static final int UNDETERMINED = 0x55C4;
    private static final int ENABLED = 3;

    private final List<byte[]> samples = new ArrayList<>();
    private final List<Integer> durations = new ArrayList<>();
    private long end;

    private TextTrack() {}

    /** @param cues cues that do not overlap, by their start */
    static byte[] of(List<Cue> cues) {
        TextTrack track = new TextTrack();
        for (Cue cue : cues) {
            track.until(cue.start(), TimedText.NOTHING);
            track.until(cue.end(), TimedText.of(cue));
        }
        return track.file();
    }

    private void until(long time, byte[] sample) {
        if (time > end) {
            samples.add(sample);
            durations.add((int) (time - end));
            end = time;
        }
    }

    private byte[] file() {
        byte[] type = box("ftyp", text("isom"), ints(0), text("isom"));
        byte[] data = box("mdat", joined(samples));
        byte[] index = box("moov", header(), track(type.length + 8));
        return joined(List.of(type, data, index));
    }

    private byte[] header() {
        return box("mvhd", ints(0, 0, 0, TICKS, (int) end, ONE, 0x01000000, 0, 0), matrix(), new byte[24], ints(2));
    }

    private byte[] track(int offset) {
        byte[] header = box("tkhd", ints(ENABLED, 0, 0, 1, 0, (int) end, 0, 0, 0, 0), matrix(), ints(0, 0));
        byte[] clock = box("mdhd", ints(0, 0, 0, TICKS, (int) end, UNDETERMINED << 16));
        byte[] handler = box("hdlr", ints(0, 0), text("sbtl"), new byte[12], text("Caravan\0"));
        byte[] here = box("dinf", box("dref", ints(0, 1), box("url ", ints(1))));
        byte[] media = box("mdia", clock, handler, box("minf", box("nmhd", ints(0)), here, tables(offset)));
        return box("trak", header, media);
    }

    private byte[] tables(int offset) {
        ByteArrayOutputStream times = new ByteArrayOutputStream();
        durations.forEach(duration -> times.writeBytes(ints(1, duration)));
        ByteArrayOutputStream sizes = new ByteArrayOutputStream();
        samples.forEach(sample -> sizes.writeBytes(ints(sample.length)));
        return box(
                "stbl",
                box("stsd", ints(0, 1), entry()),
                box("stts", ints(0, durations.size()), times.toByteArray()),
                box("stsc", ints(0, 1, 1, samples.size(), 1)),
                box("stsz", ints(0, 0, samples.size()), sizes.toByteArray()),
                box("stco", ints(0, 1, offset)));
    }

    /** Writes the default style as FFmpeg does: white letters, at the bottom, in the middle. */
    private static byte[] entry() {
        byte[] place = {1, -1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] style = {0, 0, 0, 0, 0, TimedText.FONT, 0, TimedText.SIZE};
        byte[] font = {0, 1, 0, TimedText.FONT, 5};
        return box("tx3g", ints(0, 1, 0), place, style, ints(TimedText.WHITE), box("ftab", font, text("Arial")));
    }

    private static byte[] matrix() {
        return ints(ONE, 0, 0, 0, ONE, 0, 0, 0, UNITY);
    }

    private static byte[] box(String name, byte[]... parts) {
        byte[] content = joined(List.of(parts));
        return joined(List.of(ints(8 + content.length), text(name), content));
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
