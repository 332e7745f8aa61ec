package dev.caravan.control;

/**
 * An operator's order to a worker process to claim no new jobs.
 *
 * @param worker the identity of the process: the next one under the same name claims jobs again
 * @param since ISO 8601
 * @param reason in the operator's words, or null
 * @param by the operator who gave the order, or null
 */
public record Drain(String worker, String since, String reason, String by) {}
