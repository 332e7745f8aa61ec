package dev.caravan.failure;

/** Something that cannot be done as it was asked for: an answer to whoever asked, no fault of ours. */
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
