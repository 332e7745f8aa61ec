package dev.caravan.subtitle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.stream.Collectors;

/** Collects the cues of a file: sorts them, and repairs their times if the meaning is plain. */
final class CueSheet {
    static final int MAX_CUES = 20_000;
    static final int MAX_AT_ONCE = 100;
    /** More characters do not fit in a picture. */
    static final int MAX_TEXT = 2_000;

    /** The greatest distance between an end and a start that are taken as exchanged. Milliseconds. */
    private static final long EXCHANGED = 10_000;
    /** The overlap with the next cue that is taken as a mistake. Milliseconds. */
    private static final long SLIP = 200;

    private static final long PER_LETTER = 60;
    private static final long MIN_READ = 1_000;
    private static final long MAX_READ = 7_000;

    private final SubtitleFormat subtitleFormat;
    private final Remarks remarks;
    private final List<Cue> read = new ArrayList<>();

    CueSheet(SubtitleFormat subtitleFormat, Remarks remarks) {
        this.subtitleFormat = subtitleFormat;
        this.remarks = remarks;
    }

    boolean isEmpty() {
        return read.isEmpty();
    }

    /** @param line line of the times, from 1 */
    void add(int line, Timing timing, List<String> lines) {
        String plain = lines.stream()
                .map(PrintableLine::of)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        if (plain.length() > MAX_TEXT) {
            throw SrtFile.tooLarge("the cue in line %d has %d characters, and at most %d can be shown"
                    .formatted(line, plain.length(), MAX_TEXT));
        }
        CueText text = CueText.of(plain, subtitleFormat);
        timing.odd().forEach(odd -> subtitleFormat.remark(remarks, odd, line));
        text.repairs().forEach(repair -> subtitleFormat.remark(remarks, repair, line));
        if (text.isBlank()) {
            remarks.add(Remark.EMPTY, line);
        } else if (timing.start() < 0 && timing.end() <= 0) {
            remarks.add(Remark.BEFORE_START, line);
        } else {
            int place = subtitleFormat == SubtitleFormat.VTT ? VttSettings.place(timing.rest()) : text.place();
            read.add(timed(line, timing, text.shown(), place));
        }
    }

    private Cue timed(int line, Timing timing, String text, int place) {
        if (timing.start() < 0) {
            subtitleFormat.remark(remarks, Remark.NEGATIVE, line);
        }
        long start = Math.max(0, timing.start());
        boolean backwards = timing.end() < start && timing.end() >= 0 && start - timing.end() <= EXCHANGED;
        if (backwards) {
            subtitleFormat.remark(remarks, Remark.SWAPPED, line);
        }
        return backwards
                ? new Cue(timing.end(), start, text, line, place)
                : new Cue(start, timing.end(), text, line, place);
    }

    /** @throws dev.caravan.failure.StepException permanent {@code SRT_TOO_LARGE} */
    void refuseMore(int line) {
        if (read.size() + remarks.lost() > MAX_CUES) {
            throw SrtFile.tooLarge("more than %d cues; the next one is in line %d".formatted(MAX_CUES, line));
        }
    }

    /** Returns all cues, by their start. */
    List<Cue> cues() {
        for (int at = 1; at < read.size(); at++) {
            if (read.get(at).start() < read.get(at - 1).start()) {
                subtitleFormat.remark(remarks, Remark.ORDER, read.get(at).line());
            }
        }
        List<Cue> cues = new ArrayList<>(read);
        cues.sort(Comparator.comparingLong(Cue::start));
        for (int at = 0; at < cues.size(); at++) {
            cues.set(at, ended(cues.get(at), at + 1 < cues.size() ? cues.get(at + 1) : null));
        }
        remarkOverlaps(cues);
        refuseCrowds(cues);
        return cues;
    }

    private Cue ended(Cue cue, Cue next) {
        long room = next == null || next.start() <= cue.start() ? Long.MAX_VALUE : next.start();
        if (cue.end() <= cue.start()) {
            subtitleFormat.remark(remarks, Remark.END_GUESSED, cue.line());
            long reading = Math.max(
                    MIN_READ, Math.min(MAX_READ, PER_LETTER * cue.text().length()));
            return until(cue, Math.min(room, cue.start() + reading));
        }
        boolean slips =
                cue.end() > room && cue.end() - room <= SLIP && 2 * (room - cue.start()) > cue.end() - cue.start();
        if (subtitleFormat != SubtitleFormat.OWN && slips) {
            subtitleFormat.remark(remarks, Remark.OVERLAP_CUT, cue.line());
            return until(cue, room);
        }
        return cue;
    }

    private static Cue until(Cue cue, long end) {
        return new Cue(cue.start(), end, cue.text(), cue.line(), cue.place());
    }

    private void remarkOverlaps(List<Cue> cues) {
        long latest = 0;
        for (Cue cue : cues) {
            if (cue.start() < latest) {
                subtitleFormat.remark(remarks, Remark.OVERLAP, cue.line());
            }
            latest = Math.max(latest, cue.end());
        }
    }

    /** Refuses too many cues at the same time, since each of them costs time in every frame. */
    private static void refuseCrowds(List<Cue> cues) {
        Queue<Long> ends = new PriorityQueue<>();
        for (Cue cue : cues) {
            while (!ends.isEmpty() && ends.peek() <= cue.start()) {
                ends.poll();
            }
            ends.add(cue.end());
            if (ends.size() > MAX_AT_ONCE) {
                throw SrtFile.tooLarge("more than %d cues stand in the picture at once; one of them is in line %d"
                        .formatted(MAX_AT_ONCE, cue.line()));
            }
        }
    }
}
