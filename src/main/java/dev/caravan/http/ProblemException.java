package dev.caravan.http;

/** Ends a request with a problem. Made for its data: it has no stack trace, since nothing of ours is broken. */
class ProblemException extends RuntimeException {
    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    ProblemException(ProblemCode code, String detail, String advice) {
        this(Problem.of(code, detail, advice));
    }

    Problem problem() {
        return problem;
    }
}
