/**
 * Pictures made smaller: what their headers say, in which sizes they are wanted, and whether what came out is right.
 *
 * <p>Called by the Kamelets only, through the beans that {@link dev.caravan.image.ImageBeans} binds. Stands on {@code media}
 * (sniffing, storing outputs) and {@code ffmpeg} (running libvips, or FFmpeg in its place).
 */
package dev.caravan.image;
