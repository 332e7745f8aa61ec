package dev.caravan.subtitle;

/**
 * The charset of a file.
 *
 * @param charset Java's name
 * @param guessed true when nothing in the file says that it is that one
 * @param confidence of the guess, 0 to 1; 1 where there was nothing to guess
 */
record Coding(String charset, boolean guessed, double confidence) {}
