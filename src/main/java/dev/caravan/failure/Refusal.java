package dev.caravan.failure;

/** Refuses a request that cannot be done as asked: an answer to the caller, not a fault of Caravan. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String advice;

    /** @param code stable, a code of the API's problems */
    public Refusal(String code, String message, String advice) {
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
