package dev.caravan.upload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses a multipart body as it comes in, in pieces of any size and in constant memory (RFC 2046 section 5.1, RFC 7578).
 * Netty's decoder, which Vert.x offers, changes file names, hides the parts' headers and does not notice a body that ends
 * too early.
 */
public final class MultipartReader implements UploadReceiver.Body {
    private static final int MAX_BOUNDARY_LINE = 200;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_PARTS = 64;
    private static final ByteSearch END_OF_HEADERS = new ByteSearch(ascii("\r\n\r\n"));
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] NOTHING = {};

    private final ByteSearch delimiter;
    private final Parts parts;
    private State state = State.PREAMBLE;
    /** Bytes that wait for more. At first the line end that a first boundary without a preamble lacks. */
    private byte[] kept = LINE_END;

    private int position;
    private int limit;
    private int count;

    /** Receives the findings, in order. An exception ends the reading. */
    public interface Parts {
        void begin(PartHeader header);

        void data(byte[] bytes, int from, int length);

        void end();
    }

    private enum State {
        PREAMBLE,
        BOUNDARY_LINE,
        HEADERS,
        DATA,
        EPILOGUE
    }

    public MultipartReader(String boundary, Parts parts) {
        this.delimiter = new ByteSearch(ascii("\r\n--" + boundary));
        this.parts = parts;
    }

    /** @throws MalformedBody when this cannot be the next piece of a multipart body */
    @Override
    public void feed(byte[] piece, int from, int length) {
        byte[] bytes = piece;
        position = from;
        limit = from + length;
        if (kept.length > 0) {
            bytes = Arrays.copyOf(kept, kept.length + length);
            System.arraycopy(piece, from, bytes, kept.length, length);
            position = 0;
            limit = bytes.length;
        }
        while (state != State.EPILOGUE && step(bytes)) {
            // Each step advances the position.
        }
        kept = state == State.EPILOGUE || position == limit ? NOTHING : Arrays.copyOfRange(bytes, position, limit);
    }

    /** @throws MalformedBody when the last boundary has not come */
    @Override
    public void finish() {
        if (state != State.EPILOGUE) {
            throw new MalformedBody(unfinished());
        }
    }

    private String unfinished() {
        if (state == State.PREAMBLE) {
            return "it does not hold the boundary that its Content-Type names";
        }
        boolean empty = count == 0 && delimiter.in(kept, 0, kept.length) >= 0;
        return empty ? "it holds its boundary, and no part" : "it ends in the middle";
    }

    /** Advances to the next state; false when that needs more bytes. */
    private boolean step(byte[] bytes) {
        return switch (state) {
            case PREAMBLE, DATA -> untilDelimiter(bytes, position);
            case BOUNDARY_LINE -> boundaryLine(bytes, position);
            case HEADERS -> headers(bytes, position);
            case EPILOGUE -> false;
        };
    }

    private boolean go(State next, int to) {
        state = next;
        position = to;
        return true;
    }

    private boolean untilDelimiter(byte[] bytes, int from) {
        int found = delimiter.in(bytes, from, limit);
        int end = found >= 0 ? found : delimiter.beginsAtEnd(bytes, from, limit);
        if (state == State.DATA && end > from) {
            parts.data(bytes, from, end - from);
        }
        position = end;
        if (found < 0) {
            return false;
        }
        if (state == State.DATA) {
            parts.end();
        }
        return go(State.BOUNDARY_LINE, found + delimiter.length());
    }

    private boolean boundaryLine(byte[] bytes, int from) {
        if (limit - from < 2) {
            return false;
        }
        if (bytes[from] == '-' && bytes[from + 1] == '-') {
            return go(State.EPILOGUE, from + 2);
        }
        int i = from;
        while (i < limit && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        if (i - from > MAX_BOUNDARY_LINE || i < limit && bytes[i] != '\r' || i + 1 < limit && bytes[i + 1] != '\n') {
            throw new MalformedBody("something else follows a boundary where a line should end");
        }
        return i + 1 < limit && go(State.HEADERS, i);
    }

    /** Reads from the end of the boundary's line, which is also the end of the headers if there are none. */
    private boolean headers(byte[] bytes, int from) {
        int end = END_OF_HEADERS.in(bytes, from, limit);
        if (end < 0 ? limit - from > MAX_HEADERS : end - from > MAX_HEADERS) {
            throw new MalformedBody("a part has more than " + MAX_HEADERS + " bytes of headers");
        }
        if (end < 0) {
            return false;
        }
        if (++count > MAX_PARTS) {
            throw new MalformedBody("it has more than " + MAX_PARTS + " parts");
        }
        int start = Math.min(from + LINE_END.length, end);
        parts.begin(PartHeader.parse(text(bytes, start, end - start)));
        return go(State.DATA, end + END_OF_HEADERS.length());
    }

    /** Decodes UTF-8, as browsers send it; older programs send Latin-1. */
    private static String text(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
