package dev.caravan.durable;

/**
 * A mistake in a file of routes or Kamelets, and how to correct it.
 *
 * @param file as people name it
 * @param line from 1
 * @param column from 1
 * @param message one sentence or two, without the place
 */
public record Mistake(String file, int line, int column, String message) implements Comparable<Mistake> {

    /** {@code file:line:column: message}, as editors read it. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s".formatted(file, line, column, message);
    }

    @Override
    public int compareTo(Mistake other) {
        int files = file.compareTo(other.file);
        int lines = files == 0 ? Integer.compare(line, other.line) : files;
        return lines == 0 ? Integer.compare(column, other.column) : lines;
    }
}
