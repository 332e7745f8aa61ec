/**
 * Makes pictures smaller: reads their headers, plans the sizes, runs libvips or, without it, FFmpeg, and checks the
 * results.
 */
package dev.caravan.image;
