package dev.caravan.fetch;

import java.io.IOException;

/** The bytes stopped before their end: what is here is good, and the rest may be asked for. */
final class ConnectionBroken extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
