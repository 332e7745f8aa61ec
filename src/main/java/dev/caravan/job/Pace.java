package dev.caravan.job;

/**
 * The speed of the running step.
 *
 * @param speed seconds of media per second
 * @param remainingSeconds estimate until the running operation is done, at this speed
 */
public record Pace(double speed, long remainingSeconds) {}
