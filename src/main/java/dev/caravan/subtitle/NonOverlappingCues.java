package dev.caravan.subtitle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes cues for a track that shows one at a time (3GPP TS 26.245): if several overlap, one cue holds their texts. */
final class NonOverlappingCues {
    private NonOverlappingCues() {}

    /**
     * @param cues cues by their start
     * @param end end of the video and of the track in milliseconds; 0 when unknown
     */
    static List<Cue> of(List<Cue> cues, long end) {
        long last = end > 0 ? end : Long.MAX_VALUE;
        TreeSet<Long> cuts = new TreeSet<>();
        cues.forEach(cue -> {
            cuts.add(cue.start());
            cuts.add(cue.end());
        });
        List<Cue> single = new ArrayList<>();
        List<Cue> showing = new ArrayList<>();
        int next = 0;
        for (Long start : cuts) {
            Long until = cuts.higher(start);
            showing.removeIf(cue -> cue.end() <= start);
            while (next < cues.size() && cues.get(next).start() <= start) {
                showing.add(cues.get(next++));
            }
            if (until != null && start < last && !showing.isEmpty()) {
                String text = showing.stream().map(Cue::text).collect(Collectors.joining("\n"));
                single.add(new Cue(
                        start, Math.min(until, last), text, showing.get(0).line()));
            }
        }
        return single;
    }
}
