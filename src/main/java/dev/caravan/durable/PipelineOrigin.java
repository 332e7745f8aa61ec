package dev.caravan.durable;

/**
 * Where a pipeline comes from.
 *
 * @param shipped whether its file is Caravan's own
 * @param file as people name it
 * @param version of its text and of the Kamelets that it calls, as eight hex digits; null where it was not computed
 */
record PipelineOrigin(boolean shipped, String file, String version) {}
