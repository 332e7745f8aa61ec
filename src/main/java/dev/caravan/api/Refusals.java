package dev.caravan.api;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.job.InvalidOrder;
import java.util.function.Supplier;

/** Says over HTTP what the jobs refuse. */
final class Refusals {
    private Refusals() {}

    static <T> T of(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidOrder refused) {
            throw new ProblemException(ProblemCode.valueOf(refused.code()), refused.getMessage(), refused.advice());
        }
    }
}
