package dev.caravan.local;

/** Says that the embedded cloud cannot start; the message is one sentence that a user can act on. */
public class LocalCloudException extends RuntimeException {

    LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
