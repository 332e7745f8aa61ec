package dev.caravan.subtitle;

/** A remark on a line of a subtitle file: on a cue that is not shown, or one that was repaired. */
enum Remark {
    UNTIMED("CUES_UNTIMED", "have no time at which they can be shown"),
    BEFORE_START("CUES_BEFORE_START", "end before the video begins"),
    EMPTY("CUES_EMPTY", "hold no text"),
    OUTSIDE("TEXT_OUTSIDE_CUES", "stand above the first times and are not shown"),
    NO_INDEX("cues without an index"),
    POINT("a point or a colon in place of the comma before milliseconds"),
    NO_HOURS("times without hours"),
    FRACTION("fractions of a second that have not three digits, read as parts of one"),
    ABOVE_SIXTY("minutes or seconds of three digits or above 59, counted as they stand"),
    ARROW("an arrow that is none"),
    BEHIND_TIMES("text behind the times, shown as the first line"),
    NEGATIVE("a start before 0, taken as 0"),
    SWAPPED("an end before its start, the two exchanged"),
    END_GUESSED("an end that cannot be, replaced by the time that reading takes"),
    ORDER("cues out of order, put in order"),
    OVERLAP_CUT("cues that reach a little into the next one, shortened"),
    OVERLAP("cues that overlap, shown above each other"),
    ENTITY("HTML entities, shown as what they mean"),
    ASS_CODE("codes of ASS, obeyed where they mean a face or a place and left out otherwise"),
    TAG("tags of WebVTT that have no meaning in a picture, left out");

    /** Code of the warning; all repairs share one. */
    final String code;

    /** The cue is not shown. */
    final boolean lost;

    final String words;

    Remark(String code, String words) {
        this.code = code;
        this.words = words;
        this.lost = !code.equals("TEXT_OUTSIDE_CUES");
    }

    Remark(String words) {
        this.code = "SUBTITLES_REPAIRED";
        this.words = words;
        this.lost = false;
    }
}
