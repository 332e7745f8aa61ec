package dev.caravan.fetch;

import java.time.Duration;

/**
 * The answer to a call. Its body is not read.
 *
 * @param retryAfter the wait that the answer asks for, or null
 */
public record CallResponse(int status, Duration retryAfter) {}
