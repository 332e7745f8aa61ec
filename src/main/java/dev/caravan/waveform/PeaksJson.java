package dev.caravan.waveform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.caravan.storage.PlainFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes peaks as peaks.js and wavesurfer.js read them: audiowaveform's JSON data format, version 2 (bbc/audiowaveform,
 * doc/DataFormat.md). Pairs of the lowest and the highest sample, as integers of that many bits.
 */
record PeaksJson(Peaks peaks, int sampleRate, long samplesPerPixel, int bits) {
    private static final int VERSION = 2;

    void write(Path file) {
        try (JsonGenerator json = new JsonFactory().createGenerator(PlainFile.writer(file))) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeNumberField("channels", 1);
            json.writeNumberField("sample_rate", sampleRate);
            json.writeNumberField("samples_per_pixel", samplesPerPixel);
            json.writeNumberField("bits", bits);
            json.writeNumberField("length", peaks.length());
            json.writeArrayFieldStart("data");
            for (int i = 0; i < peaks.length(); i++) {
                json.writeNumber(integer(peaks.lowest(i)));
                json.writeNumber(integer(peaks.highest(i)));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int integer(float level) {
        int scale = 1 << bits - 1;
        return Math.min(scale - 1, (int) (level * scale));
    }
}
