package dev.caravan.fetch;

/** The recipient does not want the file any more. */
final class CalledOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CalledOff() {
        super("The fetch was called off", null, false, false);
    }
}
