/**
 * Recovery: makes up for what got lost, tidies up what nobody needs any more, and says what is stuck. The reconciler is the
 * role that does so by itself, one active at a time; people ask for it by the API.
 *
 * <p>Knows {@code control}, {@code work} and {@code job}; duties of other rooms are given to it by the program.
 */
package dev.caravan.recovery;
