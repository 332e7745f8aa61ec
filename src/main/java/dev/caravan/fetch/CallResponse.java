package dev.caravan.fetch;

import java.time.Duration;

/**
 * What a call was answered with. Its body is not read.
 *
 * @param retryAfter the wait that was asked for, or null
 */
public record CallResponse(int status, Duration retryAfter) {}
