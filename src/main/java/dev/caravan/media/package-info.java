/**
 * The media steps: sniffing, probing, planning FFmpeg runs for standard video and its derivatives, and checking the
 * results.
 *
 * <p>Kamelets use the beans that {@link dev.caravan.media.MediaBeans} binds; the variable {@code probe} is a
 * {@link dev.caravan.media.Probe}.
 */
package dev.caravan.media;
