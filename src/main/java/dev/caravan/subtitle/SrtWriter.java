package dev.caravan.subtitle;

import java.util.List;

/** Writes cues as correct SRT: UTF-8, numbered from 1, by their start. */
final class SrtWriter {
    private SrtWriter() {}

    static String write(List<Cue> cues) {
        StringBuilder srt = new StringBuilder();
        for (int i = 0; i < cues.size(); i++) {
            Cue cue = cues.get(i);
            srt.append(i + 1)
                    .append('\n')
                    .append(Timing.text(cue.start(), cue.end(), ','))
                    .append('\n')
                    .append(AssCodes.ownPlace(cue.place(), cue.text()))
                    .append(cue.text())
                    .append("\n\n");
        }
        return srt.toString();
    }
}
