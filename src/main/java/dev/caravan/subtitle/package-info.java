/**
 * Subtitles: what stands in an SRT file, how it is written for libass so that the picture shows just that, and the two
 * steps that read and burn it.
 *
 * <p>Called by the Kamelets, through the beans that {@link dev.caravan.subtitle.SubtitleBeans} binds; whoever receives an
 * SRT file may check it with {@link dev.caravan.subtitle.SrtFile}. Knows {@code media}, {@code ffmpeg}, {@code job}, {@code
 * storage}, {@code records}, {@code failure} and {@code settings}.
 */
package dev.caravan.subtitle;
