package dev.caravan.ffmpeg;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What filters warned of, each thing once. Bounded, and not crowded out by what decoders say. */
final class FilterLog {
    private static final int MOST_LINES = 200;
    private static final Pattern FILTER = Pattern.compile("\\[Parsed_\\w+ @ [^]]*] \\[(?:warning|error|fatal)] .*");

    private final Set<String> lines = new LinkedHashSet<>();

    synchronized void accept(String line) {
        if (line.startsWith("[Parsed_")
                && lines.size() < MOST_LINES
                && FILTER.matcher(line).matches()) {
            lines.add(line.substring(line.indexOf("] [") + 2));
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
