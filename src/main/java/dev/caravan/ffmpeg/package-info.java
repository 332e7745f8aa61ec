/**
 * Runs FFmpeg, libvips and the operator's programs with the commands of Kamelets: confined, watched and ended as a whole.
 *
 * <p>A feature plans a run as {@link dev.caravan.ffmpeg.FfmpegCall}, its Kamelet holds the command and sends it to {@code
 * exec:ffmpeg} or {@code exec:ffprobe}, and the feature reads {@link dev.caravan.ffmpeg.FfmpegResult}. Nothing here knows
 * what the media means.
 */
package dev.caravan.ffmpeg;
