/** Holds the one table of file kinds: the bytes by which each is known, its demuxer, and its extensions. */
package dev.caravan.format;
