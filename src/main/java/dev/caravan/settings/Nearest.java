package dev.caravan.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the existing name that is spelled most like a name that does not exist. */
public final class Nearest {
    private static final int MAX_DISTANCE = 2;
    private static final int LETTERS_A_SLIP = 3;

    private Nearest() {}

    /** Returns the nearest name; empty only where there are no names. */
    public static Optional<String> of(String name, Collection<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(known -> distance(name, known))
                        .thenComparingInt(known -> -beginning(name, known)));
    }

    /** Returns {@code ". Did you mean height?"}, or nothing where no name is near. */
    public static String hint(String name, Collection<String> names) {
        int most = Math.max(MAX_DISTANCE, name.length() / LETTERS_A_SLIP);
        return of(name, names)
                .filter(known -> distance(name, known) <= most)
                .map(known -> ". Did you mean " + known + "?")
                .orElse("");
    }

    /** Returns the end of a sentence that another one can follow: {@link #hint}, or a full stop. */
    public static String end(String name, Collection<String> names) {
        String hint = hint(name, names);
        return hint.isEmpty() ? "." : hint;
    }

    /** Counts the letters that are the same at the beginning. */
    private static int beginning(String left, String right) {
        int same = 0;
        while (same < Math.min(left.length(), right.length()) && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        return same;
    }

    /** Computes the Levenshtein distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
