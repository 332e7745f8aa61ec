/**
 * Uploads that are announced before their bytes come: where clients may put them, the stream through us for those who cannot
 * reach S3, and the moment when all is there and the jobs start.
 *
 * <p>Called by routes, and by {@code tus}; knows {@code upload} for how bodies are read, and {@code intake}.
 */
package dev.caravan.announce;
