/**
 * The proof by faults: worker processes that are killed, stopped and starved, servers that go away, messages that lie, disks
 * that are full. What is proven and how to run it stands in docs/faults.md.
 *
 * <p>The cloud and the process in front (API and reconciler) live in the tests' own JVM; workers are the real program.
 */
package dev.caravan.faults;
