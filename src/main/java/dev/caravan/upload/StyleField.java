package dev.caravan.upload;

import dev.caravan.http.ProblemCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The form fields that style the letters. The Kamelet that burns them in defines their meaning. */
enum StyleField {
    FONT("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}", "the name of a font"),
    FONT_SIZE(8, 400),
    BOLD("true|false", "true or false"),
    COLOUR("#?[0-9A-Fa-f]{6}", "a colour such as #FFFFFF"),
    OUTLINE_COLOUR("#?[0-9A-Fa-f]{6}", "a colour such as #000000"),
    OUTLINE(0, 40),
    BOX_COLOUR("none|#?[0-9A-Fa-f]{6}", "a colour such as #000000, or none"),
    BOX_OPACITY(0, 100),
    POSITION("bottom|middle|top", "one of bottom, middle, top"),
    MARGIN(0, 1000),
    BOTTOM_OFFSET(0, 1000),
    SAFE_WIDTH(20, 100);

    private final String pattern;
    private final String allowed;
    private final int least;
    private final int most;

    StyleField(String pattern, String allowed) {
        this.pattern = pattern;
        this.allowed = allowed;
        this.least = 0;
        this.most = 0;
    }

    StyleField(int least, int most) {
        this.pattern = "[0-9]{1,4}";
        this.allowed = "a whole number from " + least + " to " + most;
        this.least = least;
        this.most = most;
    }

    static Stream<String> names() {
        return Arrays.stream(values()).map(StyleField::field);
    }

    /**
     * Returns the fields that the client sent.
     *
     * @throws dev.caravan.http.ProblemException {@code INVALID_STYLE}
     */
    static Map<String, Object> read(Map<String, String> fields) {
        Map<String, Object> style = new TreeMap<>();
        for (StyleField each : values()) {
            String value = fields.getOrDefault(each.field(), "").trim();
            if (!value.isEmpty()) {
                style.put(each.field(), each.checked(value));
            }
        }
        return style;
    }

    private String field() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Object checked(String value) {
        boolean fits = value.matches(pattern)
                && (most == 0 || Integer.parseInt(value) >= least && Integer.parseInt(value) <= most);
        if (!fits) {
            throw UploadProblems.option(ProblemCode.INVALID_STYLE, field(), value, allowed);
        }
        if (this == BOLD) {
            return Boolean.valueOf(value);
        }
        return most == 0 ? value : Integer.valueOf(value);
    }
}
