package dev.caravan.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Splits a child's output into lines ({@code \n} or {@code \r}); the rest of a line that is too long is dropped. */
final class LineReader {
    private static final int MAX_LINE = 4096;

    private final byte[] line = new byte[MAX_LINE];
    private final Consumer<String> listener;
    private int length;

    LineReader(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Reads to the end; returns when the child, and every process that inherited the stream, has closed it. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    accept(buffer[i]);
                }
            }
        } catch (IOException e) {
            // The stream was closed because its child was killed: there is no more to read.
        }
        endLine();
    }

    private void accept(byte next) {
        if (next == '\n' || next == '\r') {
            endLine();
        } else if (length < MAX_LINE) {
            line[length++] = next;
        }
    }

    private void endLine() {
        if (length > 0) {
            listener.accept(new String(line, 0, length, StandardCharsets.UTF_8));
            length = 0;
        }
    }
}
