package dev.caravan.upload;

/** A body that is not what its Content-Type says. The message completes "The body is no multipart form: ...". */
public final class MalformedBody extends RuntimeException {
    MalformedBody(String why) {
        super(why, null, false, false);
    }
}
