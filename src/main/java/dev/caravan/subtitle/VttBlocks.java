package dev.caravan.subtitle;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes the blocks of a WebVTT file that are not cues (section 4.1): header, notes, styles, regions, and the names of
 * cues.
 */
final class VttBlocks {
    private VttBlocks() {}

    /** Returns the lines with blank ones in place of these blocks, so that line numbers stay. */
    static List<String> blanked(List<String> lines) {
        List<String> cues = new ArrayList<>(lines);
        boolean skips = true;
        boolean first = false;
        for (int at = 0; at < cues.size(); at++) {
            String line = cues.get(at);
            boolean timing = Timing.isMeant(line) || Timing.of(line).isPresent();
            if (line.isBlank()) {
                skips = false;
            } else if (timing) {
                skips = false;
            } else if (skips || first && opens(line) || isName(cues, at, first)) {
                skips = !isName(cues, at, first);
                cues.set(at, "");
            }
            first = line.isBlank();
        }
        return cues;
    }

    private static boolean opens(String line) {
        return line.matches("(?:NOTE|STYLE|REGION)(?:\\s.*)?");
    }

    /** True for a cue's name, which is between a blank line and its times. */
    private static boolean isName(List<String> lines, int at, boolean first) {
        return first
                && at + 1 < lines.size()
                && (Timing.isMeant(lines.get(at + 1))
                        || Timing.of(lines.get(at + 1)).isPresent());
    }
}
