package dev.caravan.subtitle;

/** The format that a subtitle file is read as. */
enum SubtitleFormat {
    SRT("srt"),
    /** W3C's WebVTT: points in times, missing hours and cues without a number are correct. */
    VTT("vtt"),
    /** {@link SrtWriter}'s output: nothing needs a repair. */
    OWN("srt");

    final String format;

    SubtitleFormat(String format) {
        this.format = format;
    }

    /** Notes a remark on a line; only SRT has all these rules. */
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

    /** Decides by the first line. WebVTT, section 4.1: {@code WEBVTT}, and nothing or a blank after it. */
    static SubtitleFormat of(String firstLine) {
        return firstLine.matches("WEBVTT(?:[ \\t].*)?") ? VTT : SRT;
    }
}
