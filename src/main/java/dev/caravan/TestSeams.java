package dev.caravan;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/**
 * What a Caravan finds around it; tests put something else there.
 *
 * @param clock what time it is, for everything that is recorded or due
 * @param clients what to use instead of the real clients
 * @param context what else to do with the context before its routes are read
 */
record TestSeams(Clock clock, UnaryOperator<CloudClients> clients, Consumer<CamelContext> context) {
    static final TestSeams REAL = new TestSeams(Clock.systemUTC(), clients -> clients, context -> {});
}
