package dev.caravan.job;

/**
 * How fast the running step gets on.
 *
 * @param speed seconds of media per second
 * @param remainingSeconds until what runs now will be done, if it goes on like this
 */
public record Pace(double speed, long remainingSeconds) {}
