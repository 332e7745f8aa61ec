package dev.caravan.durable;

import java.time.Duration;

/**
 * A decision on what follows a failed attempt.
 *
 * @param next what happens
 * @param pause before it happens again
 */
record RetryDecision(Next next, Duration pause) {

    enum Next {
        /** Again, here, after a short wait in place. */
        RETRY("retry"),
        /** Again, anywhere, after a wait that is too long to hold a place for. */
        LATER("later"),
        /** No more attempts: a dead letter. */
        DEAD("dead"),
        /** Nothing to do for this step: the job continues. */
        SKIP("skip"),
        /** Caravan's own fault: back to the ready queue unchanged. */
        GIVE_BACK("give-back"),
        /** A rate limit: in the queue until its turn. */
        TURN("turn"),
        /** In other hands: say nothing, write nothing. */
        LEAVE("leave");

        private final String word;

        Next(String word) {
            this.word = word;
        }

        /** As the dead-letter route's choice reads it. */
        String word() {
            return word;
        }
    }

    static RetryDecision of(Next next) {
        return new RetryDecision(next, Duration.ZERO);
    }
}
