package dev.caravan.subtitle;

/** How a subtitle file is meant to be read. */
enum SubtitleFormat {
    SRT("srt"),
    /** W3C's WebVTT: points in times, hours that may lack and cues without a number are as they should be. */
    VTT("vtt"),
    /** What {@link SrtWriter} wrote: nothing is to be repaired. */
    OWN("srt");

    final String format;

    SubtitleFormat(String format) {
        this.format = format;
    }

    /** Notes what people should know of a line; only SRT knows all these rules. */
    void remark(Remarks remarks, Remark remark, int line) {
        boolean allowed =
                switch (remark) {
                    case NO_INDEX, POINT, NO_HOURS -> this == VTT;
                    default -> false;
                };
        if (this != OWN && !allowed) {
            remarks.add(remark, line);
        }
    }

    /** By the first line. WebVTT, section 4.1: the word, and nothing or a blank behind it. */
    static SubtitleFormat of(String firstLine) {
        return firstLine.matches("WEBVTT(?:[ \\t].*)?") ? VTT : SRT;
    }
}
