package dev.caravan.ffmpeg;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides whether a line or a fragment applies: {@code name}, {@code !name}, {@code name=value}, joined by {@code and}.
 *
 * <p>A bare name holds unless its value is {@code false}, zero or empty.
 */
record Condition(List<Term> terms, int line) {
    private static final Pattern TERM = Pattern.compile("(!?)([a-z][a-z0-9_]*)(?:=([A-Za-z0-9_.+-]+))?");

    /** Holds for every run. */
    static Condition always(int line) {
        return new Condition(List.of(), line);
    }

    static Condition parse(String text, int line) {
        return new Condition(
                Arrays.stream(text.trim().split(" +and +"))
                        .map(term -> Term.parse(term, line))
                        .toList(),
                line);
    }

    /** Holds where both do. */
    Condition and(Condition other) {
        return new Condition(Stream.concat(terms.stream(), other.terms.stream()).toList(), line);
    }

    boolean holds(Map<String, Object> values) {
        return terms.stream().allMatch(term -> term.holds(CommandValues.get(values, term.name, line)));
    }

    Stream<String> names() {
        return terms.stream().map(Term::name);
    }

    private record Term(boolean negated, String name, String value) {

        static Term parse(String text, int line) {
            Matcher matcher = TERM.matcher(text);
            if (!matcher.matches()
                    || (matcher.group(3) != null && !matcher.group(1).isEmpty())) {
                throw new TemplateException(
                        line, "'" + text + "' is no condition; write name, !name or name=value, joined by 'and'");
            }
            return new Term(!matcher.group(1).isEmpty(), matcher.group(2), matcher.group(3));
        }

        boolean holds(Object actual) {
            return value != null ? value.equals(CommandValues.text(actual)) : negated != CommandValues.isSet(actual);
        }
    }
}
