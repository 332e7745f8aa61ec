/**
 * Sound made visible: the peaks that FFmpeg measures, as data for players and as a drawing.
 *
 * <p>Called by the Kamelets only, through the beans that {@link dev.caravan.waveform.WaveformBeans} binds. Stands on {@code
 * media} (the probe, storing outputs) and {@code ffmpeg}.
 */
package dev.caravan.waveform;
