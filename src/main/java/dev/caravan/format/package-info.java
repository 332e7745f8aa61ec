/**
 * The one table of file kinds: the bytes by which each is known, the demuxer that may read it, and the endings of its names.
 *
 * <p>A leaf: it knows no other package. {@code media} sniffs with it, {@code asset} and {@code ingest} take endings from it,
 * {@code upload} names stored files by it.
 */
package dev.caravan.format;
