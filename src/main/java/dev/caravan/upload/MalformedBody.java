package dev.caravan.upload;

/** Thrown for a body that does not match its Content-Type. The message completes "The body is no multipart form: ...". */
public final class MalformedBody extends RuntimeException {
    MalformedBody(String why) {
        super(why, null, false, false);
    }
}
