package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps the last lines of a child's standard error that a reader can use: warnings and worse, repeated ones counted, without
 * memory addresses and without the child's working folder. Bounded, however much the child writes.
 */
final class StderrTail {
    private static final int MAX_LINES = 40;
    private static final int MAX_LINE = 300;
    private static final Pattern CHATTER = Pattern.compile("(\\[[^]]* @ [^]]*] )?\\[(info|verbose|debug|trace)] .*");
    private static final Pattern LEVEL = Pattern.compile("\\[(warning|error|fatal|panic)] ");
    private static final Pattern GLIB = Pattern.compile("^\\(\\w+:\\d+\\): (\\w+-WARNING) \\*\\*: [0-9:.]+: ");
    private static final Pattern ADDRESS = Pattern.compile(" @ 0x[0-9a-f]+");

    private final Deque<String> lines = new ArrayDeque<>();
    private final String folder;
    private String last = "";
    private long repeats;

    /** @param workspace of the child, left out of the names of its files */
    StderrTail(Path workspace) {
        this.folder = workspace + "/";
    }

    synchronized void accept(String line) {
        if (line.isBlank() || CHATTER.matcher(line).matches()) {
            return;
        }
        String plain = GLIB.matcher(LEVEL.matcher(line).replaceFirst("")).replaceFirst("$1: ");
        String shown = shorten(ADDRESS.matcher(plain).replaceAll("").replace(folder, ""));
        if (shown.equals(last)) {
            repeats++;
            return;
        }
        settleRepeats();
        last = shown;
        add(shown);
    }

    synchronized String text() {
        settleRepeats();
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private void settleRepeats() {
        if (repeats > 0) {
            add("(" + repeats + " more of this)");
            repeats = 0;
        }
    }

    private void add(String line) {
        lines.addLast(line);
        if (lines.size() > MAX_LINES) {
            lines.removeFirst();
        }
    }

    private static String shorten(String line) {
        return line.length() > MAX_LINE ? line.substring(0, MAX_LINE) + "..." : line;
    }
}
