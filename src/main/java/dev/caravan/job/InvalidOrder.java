package dev.caravan.job;

/** A job that cannot be made as it was asked for: an answer to whoever asked, no fault of ours. */
public final class InvalidOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String advice;

    /** @param code stable, a code of the API's problems */
    public InvalidOrder(String code, String message, String advice) {
        super(message, null, false, false);
        this.code = code;
        this.advice = advice;
    }

    public String code() {
        return code;
    }

    public String advice() {
        return advice;
    }
}
