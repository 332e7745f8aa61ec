package dev.caravan.control;

/**
 * An order to a worker process to take nothing new.
 *
 * @param worker the identity of the process: the next one under the same name works again
 * @param since ISO 8601
 * @param reason in somebody's words, or null
 * @param by whoever said so, or null
 */
public record Drain(String worker, String since, String reason, String by) {}
