package dev.caravan.http;

/** Ends a request with a problem. It only carries data: it has no stack trace, since nothing in Caravan is broken. */
public class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String detail, String advice) {
        this(Problem.of(code, detail, advice));
    }

    public Problem problem() {
        return problem;
    }
}
