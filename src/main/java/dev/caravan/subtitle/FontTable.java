package dev.caravan.subtitle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Lists which letters the fonts have, by family, bold or not. It excludes colour fonts, which libass draws as boxes. */
final class FontTable {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}";
    /** Fontconfig's weights: regular is 80, bold 200. */
    private static final double BOLD = 180;

    private static final int FIELDS = 5;
    private static final int INDEX = 5;
    private static final int FILE = 6;
    /** The bits above these hold the named instance of a variable font. */
    private static final int INDEX_BITS = 0xFFFF;
    /** The height of DejaVu Sans, in ems. */
    private static final double USUAL_HEIGHT = 1.164;

    private final Map<String, Coverage> regular = new TreeMap<>();
    private final Map<String, Coverage> bold = new TreeMap<>();

    private final Map<String, String[]> files = new TreeMap<>();
    private final Map<String, Double> heights = new ConcurrentHashMap<>();

    private FontTable() {}

    /**
     * @param lines {@code family|weight|slant|colour|charset|index|file}, the charset as in {@code 20-7e a0-17f 192};
     *     index and file may be missing
     */
    static FontTable of(List<String> lines) {
        FontTable table = new FontTable();
        for (String line : lines) {
            String[] fields = line.split("\\|", FILE + 1);
            boolean usable = fields.length >= FIELDS
                    && fields[0].matches(NAME)
                    && fields[2].equals("0")
                    && !fields[3].equalsIgnoreCase("true");
            if (usable) {
                boolean heavy = fields[1].matches("[\\d.]{1,6}") && Double.parseDouble(fields[1]) >= BOLD;
                (heavy ? table.bold : table.regular)
                        .computeIfAbsent(fields[0], family -> new Coverage())
                        .add(fields[4]);
                if (fields.length > FILE && (!heavy || !table.files.containsKey(fields[0]))) {
                    table.files.put(fields[0], fields);
                }
            }
        }
        return table;
    }

    boolean isEmpty() {
        return regular.isEmpty() && bold.isEmpty();
    }

    boolean has(String family) {
        return regular.containsKey(family) || bold.containsKey(family);
    }

    /** Returns the height of a line, in ems, from {@link FontHeight}; the usual one if the font cannot be read. */
    double height(String family) {
        return heights.computeIfAbsent(family, any -> {
            String[] fields = files.get(family);
            return fields == null || !fields[INDEX].matches("\\d{1,9}")
                    ? USUAL_HEIGHT
                    : FontHeight.of(Path.of(fields[FILE]), Integer.parseInt(fields[INDEX]) & INDEX_BITS)
                            .orElse(USUAL_HEIGHT);
        });
    }

    /** Returns the names of the families with that prefix, in order. */
    List<String> families(String prefix) {
        return Stream.concat(regular.keySet().stream(), bold.keySet().stream())
                .filter(family -> family.startsWith(prefix))
                .distinct()
                .toList();
    }

    /**
     * Tells how a family can show a letter.
     *
     * @param heavy whether it must be bold. libass makes a family without any bold face bold; a family whose bold face
     *     lacks the letter can show it in its regular one only
     * @return whether bold is dropped; empty if the family lacks the letter
     */
    Optional<Boolean> shows(String family, int letter, boolean heavy) {
        boolean inRegular = has(regular, family, letter);
        boolean inBold = has(bold, family, letter);
        if (inRegular || inBold) {
            return Optional.of(heavy && !inBold && bold.containsKey(family));
        }
        return Optional.empty();
    }

    private static boolean has(Map<String, Coverage> faces, String family, int letter) {
        Coverage coverage = faces.get(family);
        return coverage != null && coverage.has(letter);
    }

    /** The ranges of letters that a font has. */
    private static final class Coverage {
        private final TreeMap<Integer, Integer> ranges = new TreeMap<>();

        void add(String charset) {
            for (String range : charset.split(" ")) {
                String[] ends = range.split("-");
                if (range.matches("[0-9a-f]{1,6}(?:-[0-9a-f]{1,6})?")) {
                    int first = Integer.parseInt(ends[0], 16);
                    int last = Integer.parseInt(ends[ends.length - 1], 16);
                    ranges.merge(first, last, Math::max);
                }
            }
        }

        /** Finds the letter; a range of one font may be within a longer one of another of the same family. */
        boolean has(int letter) {
            Map.Entry<Integer, Integer> range = ranges.floorEntry(letter);
            for (int steps = 0; range != null && steps < 8; steps++) {
                if (range.getValue() >= letter) {
                    return true;
                }
                range = ranges.lowerEntry(range.getKey());
            }
            return false;
        }
    }
}
