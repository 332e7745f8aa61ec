/** Makes sound visible: turns the peaks that FFmpeg measures into data for players and a drawing. */
package dev.caravan.waveform;
