/**
 * FFmpeg as a citizen: commands as they stand in the Kamelets, run confined, watched and killed as a whole.
 *
 * <p>A feature plans a run as {@link dev.caravan.ffmpeg.FfmpegCall}, its Kamelet says the command and sends it to {@code
 * exec:ffmpeg} or {@code exec:ffprobe}, and the feature reads {@link dev.caravan.ffmpeg.FfmpegResult}. Knows {@code job}
 * (the running step), {@code failure} and {@code settings}; nothing of what the media means.
 */
package dev.caravan.ffmpeg;
