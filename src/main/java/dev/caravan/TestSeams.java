package dev.caravan;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/**
 * The surroundings of a Caravan, which tests replace.
 *
 * @param clock tells the time for everything that is recorded or due
 * @param clients replaces the real clients
 * @param context changes the context before its routes are read
 */
record TestSeams(Clock clock, UnaryOperator<CloudClients> clients, Consumer<CamelContext> context) {
    static final TestSeams REAL = new TestSeams(Clock.systemUTC(), clients -> clients, context -> {});
}
