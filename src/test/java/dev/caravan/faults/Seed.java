package dev.caravan.faults;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What chance does in these tests follows from one number: {@code -Dcaravan.faults.seed=N} repeats a run, as far as
 * processes allow. A test that fails names it.
 */
public final class Seed implements TestExecutionExceptionHandler {
    private static final long VALUE = Long.getLong("caravan.faults.seed", System.nanoTime() & 0xffffff);

    static Random random() {
        return new Random(VALUE);
    }

    static long value() {
        return VALUE;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        throw new AssertionError("With -Dcaravan.faults.seed=" + VALUE + ": " + failure.getMessage(), failure);
    }
}
