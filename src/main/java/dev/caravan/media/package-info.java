/**
 * What media are and how they are made standard: sniffing, probing, planning FFmpeg runs, and checking what came out.
 *
 * <p>Called by the Kamelets only, through the beans that {@link dev.caravan.media.MediaBeans} binds; other features read
 * the variable {@code probe} as {@link dev.caravan.media.Probe}. Knows {@code ffmpeg}, {@code job}, {@code storage},
 * {@code failure} and {@code settings}.
 */
package dev.caravan.media;
