package dev.caravan.upload.presigned;

import dev.caravan.upload.MalformedBody;
import dev.caravan.upload.MultipartReader;
import dev.caravan.upload.PartHeader;
import dev.caravan.upload.UploadHandler;
import dev.caravan.upload.UploadProblems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bytes of the part {@code file} of a form. */
final class FormFile extends InputStream {
    private static final String PART = "file";
    private static final int BUFFER = 1 << 16;

    private final InputStream body;
    private final MultipartReader reader;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER];
    private boolean inside;
    private boolean seen;
    private byte[] piece = {};
    private int position;

    /** @param contentType of the body, with its boundary */
    FormFile(InputStream body, String contentType) {
        this.body = body;
        this.reader = new MultipartReader(UploadHandler.boundary(contentType), new MultipartReader.Parts() {
            @Override
            public void begin(PartHeader header) {
                inside = PART.equals(header.name()) && !seen;
                seen |= inside;
            }

            @Override
            public void data(byte[] bytes, int from, int length) {
                if (inside) {
                    taken.write(bytes, from, length);
                }
            }

            @Override
            public void end() {
                inside = false;
            }
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** @throws dev.caravan.http.ProblemException when the body is not a form, or lacks the part */
    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (position == piece.length) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, bytes, from, count);
        position += count;
        return count;
    }

    private boolean next() throws IOException {
        int read = body.read(buffer, 0, buffer.length);
        try {
            if (read < 0) {
                reader.finish();
            } else {
                reader.feed(buffer, 0, read);
            }
        } catch (MalformedBody e) {
            throw UploadProblems.malformed(e.getMessage());
        }
        if (read < 0 && !seen) {
            throw UploadProblems.missing(PART);
        }
        piece = taken.toByteArray();
        position = 0;
        taken.reset();
        return read >= 0;
    }
}
