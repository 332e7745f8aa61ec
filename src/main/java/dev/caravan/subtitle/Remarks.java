package dev.caravan.subtitle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects remarks on a subtitle file, line by line. */
final class Remarks {
    private static final int MAX_LINES = 5;

    private final Map<Remark, TreeSet<Integer>> lines = new EnumMap<>(Remark.class);

    /** @param line from 1 */
    void add(Remark remark, int line) {
        lines.computeIfAbsent(remark, any -> new TreeSet<>()).add(line);
    }

    List<Integer> lines(Remark remark) {
        return List.copyOf(lines.getOrDefault(remark, new TreeSet<>()));
    }

    /** Returns how many cues are not shown. */
    int lost() {
        return lines.keySet().stream()
                .filter(remark -> remark.lost)
                .mapToInt(remark -> lines.get(remark).size())
                .sum();
    }

    /**
     * Returns a sentence for each code, in a fixed order.
     *
     * @param found number of cues in the file
     */
    Map<String, String> sentences(int found) {
        Map<String, String> sentences = new LinkedHashMap<>();
        List<String> repairs = new ArrayList<>();
        lines.forEach((remark, where) -> {
            if (remark.lost) {
                sentences.put(
                        remark.code,
                        "%d of %d cues %s: %s".formatted(where.size(), found, remark.words, listed(where)));
            } else if (remark == Remark.OUTSIDE) {
                sentences.put(remark.code, "Lines %s: from %s".formatted(remark.words, listed(where)));
            } else {
                repairs.add(remark.words + " (" + listed(where) + ")");
            }
        });
        if (!repairs.isEmpty()) {
            sentences.put(Remark.NO_INDEX.code, "The subtitles were repaired: " + String.join("; ", repairs));
        }
        return sentences;
    }

    static String listed(TreeSet<Integer> lines) {
        String shown = lines.stream().limit(MAX_LINES).map(String::valueOf).collect(Collectors.joining(", "));
        String more = lines.size() > MAX_LINES ? " and " + (lines.size() - MAX_LINES) + " more" : "";
        return (lines.size() == 1 ? "line " : "lines ") + shown + more;
    }
}
