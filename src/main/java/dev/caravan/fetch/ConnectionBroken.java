package dev.caravan.fetch;

import java.io.IOException;

/** Thrown when the bytes stopped before their end: those received are good, and the rest may be requested. */
final class ConnectionBroken extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
