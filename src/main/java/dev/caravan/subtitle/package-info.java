/**
 * Reads subtitle files, SRT and WebVTT, tolerates their usual faults, and burns or embeds them so that the video shows
 * exactly their text. {@link dev.caravan.subtitle.SrtFile} also checks a file on its arrival.
 */
package dev.caravan.subtitle;
