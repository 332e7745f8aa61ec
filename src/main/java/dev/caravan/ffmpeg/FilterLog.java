package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the warnings of filters, each once, and their measurements. Bounded, and separate from decoders' messages. */
final class FilterLog {
    private static final int MAX_LINES = 200;
    private static final int MAX_REPORTS = 5_000;
    private static final Pattern WARNING = Pattern.compile("\\[Parsed_\\w+ @ [^]]*] \\[(?:warning|error|fatal)] .*");
    private static final Pattern REPORT =
            Pattern.compile("\\[Parsed_((?:ashowinfo|astats)_\\d+) @ [^]]*] \\[info] (\\w[^:]*:.*)");

    private final Set<String> warnings = new LinkedHashSet<>();
    private final List<String> reports = new ArrayList<>();

    synchronized void accept(String line) {
        if (!line.startsWith("[Parsed_")) {
            return;
        }
        if (warnings.size() < MAX_LINES && WARNING.matcher(line).matches()) {
            warnings.add(line.substring(line.indexOf("] [") + 2));
        } else if (reports.size() < MAX_REPORTS) {
            addReport(line);
        }
    }

    private void addReport(String line) {
        Matcher report = REPORT.matcher(line);
        if (report.matches()) {
            reports.add(report.group(1) + " " + report.group(2));
        }
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    synchronized List<String> reports() {
        return List.copyOf(reports);
    }
}
