/**
 * What somebody does to jobs and assets from outside: cancel, delete, repair.
 *
 * <p>Called by {@code api}; knows {@code job} and what lies below it.
 */
package dev.caravan.control;
