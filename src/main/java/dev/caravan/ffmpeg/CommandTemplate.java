package dev.caravan.ffmpeg;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command of a Kamelet: one argument a line, each of which becomes one element of the argument list. No shell.
 *
 * <pre>{@code
 * # comment
 * fragment turn when rotation=90: transpose=clock,
 * fragment turn when rotation=180: hflip,vflip,
 * -i
 * {source}
 * -vf
 * {turn}
 *   scale={width}:{height}
 * when !audio: -an
 * }</pre>
 *
 * <ul>
 *   <li>{@code {name}} is a value or a fragment.
 *   <li>{@code when CONDITION: argument} applies only where the {@link Condition} holds.
 *   <li>{@code when CONDITION:} with nothing after it applies to all indented lines below it, each of which is an argument.
 *   <li>{@code use NAME} inserts the lines of a file of {@link FragmentFiles}; {@code use NAME with a=TEXT, b=TEXT} replaces
 *       its {@code {a}} and {@code {b}} by the texts.
 *   <li>{@code fragment NAME when CONDITION: text} names a part of a filter graph; of several with one name the first that
 *       holds is taken, and nothing where none holds. Fragments may use values and fragments defined above them.
 *   <li>An indented line continues the one above it, without a space between them.
 *   <li>A line that is empty after replacement is left out.
 * </ul>
 */
public final class CommandTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    private final List<Fragment> fragments;
    private final List<Argument> arguments;

    CommandTemplate(List<Fragment> fragments, List<Argument> arguments) {
        this.fragments = fragments;
        this.arguments = arguments;
    }

    /** @throws TemplateException naming the line that cannot be understood */
    public static CommandTemplate parse(String text) {
        return parse(text, FragmentFiles.SHIPPED);
    }

    /**
     * @param files the files that {@code use} inserts
     * @throws TemplateException naming the line that cannot be understood
     */
    public static CommandTemplate parse(String text, FragmentFiles files) {
        return new TemplateParser(files).parse(text);
    }

    /**
     * Returns the arguments for these values.
     *
     * @throws TemplateException naming the line whose value is missing, or is more than one plain word
     */
    public List<String> arguments(Map<String, Object> values) {
        return arguments.stream()
                .filter(argument -> argument.when.holds(values))
                .map(argument -> fill(argument, values))
                .filter(argument -> !argument.isEmpty())
                .toList();
    }

    /** Returns the name of every value that the command may use, in the order of use. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        fragments.forEach(fragment -> collect(fragment.when, fragment.text, names));
        arguments.forEach(argument -> collect(argument.when, argument.text, names));
        return names;
    }

    private String fill(Argument argument, Map<String, Object> values) {
        Matcher whole = PLACEHOLDER.matcher(argument.text);
        if (whole.matches() && !isFragment(whole.group(1))) {
            return CommandValues.text(CommandValues.get(values, whole.group(1), argument.line));
        }
        return expand(argument.text, argument.line, values);
    }

    private String expand(String text, int line, Map<String, Object> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String name = found.group(1);
            String inserted = isFragment(name)
                    ? fragment(name, values)
                    : CommandValues.embedded(CommandValues.get(values, name, line), name, line);
            return Matcher.quoteReplacement(inserted);
        });
    }

    private String fragment(String name, Map<String, Object> values) {
        return fragments.stream()
                .filter(fragment -> fragment.name.equals(name))
                .filter(fragment -> fragment.when.holds(values))
                .findFirst()
                .map(fragment -> expand(fragment.text, fragment.line, values))
                .orElse("");
    }

    private boolean isFragment(String name) {
        return fragments.stream().anyMatch(fragment -> fragment.name.equals(name));
    }

    private void collect(Condition when, String text, Set<String> names) {
        Stream.concat(when.names(), placeholders(text).filter(name -> !isFragment(name)))
                .forEach(names::add);
    }

    static Stream<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1));
    }

    record Fragment(String name, Condition when, String text, int line) {}

    record Argument(Condition when, String text, int line) {}
}
