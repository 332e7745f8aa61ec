package dev.caravan.media;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a step's arguments, as its pipeline writes them, into a command: a line {@code {inputs}} becomes {@code -i} and
 * the file for each further input, and the fragments {@code {filter}} and {@code {labels}} precede them. An option may
 * have its value on the same line, after a blank.
 */
final class StepArguments {
    private static final String INPUTS = "{inputs}";
    private static final Pattern OPTION = Pattern.compile("(when [^:]+: *)?(--?[A-Za-z]\\S*) +(\\S.*)");

    private StepArguments() {}

    /**
     * @param arguments one per line
     * @param filter a part of a filter graph, on one line or several; may be empty
     * @param inputs names of further inputs; the first has the index 1 if the arguments put them after the source
     */
    static String command(String arguments, String filter, List<String> inputs) {
        String command = arguments
                .lines()
                .map(line -> line.strip().equals(INPUTS) ? files(inputs) : withValueBelow(line))
                .collect(Collectors.joining("\n"));
        if (filter.isBlank()) {
            return command;
        }
        return "fragment labels: %s\nfragment filter: %s\n%s"
                .formatted(labels(filter, inputs), oneLine(filter), command);
    }

    private static String withValueBelow(String line) {
        Matcher option = OPTION.matcher(line);
        if (!option.matches()) {
            return line;
        }
        String when = option.group(1) == null ? "" : option.group(1);
        return when + option.group(2) + "\n" + when + option.group(3);
    }

    private static String files(List<String> inputs) {
        return inputs.stream().map(name -> "-i\n{" + name + "}").collect(Collectors.joining("\n"));
    }

    /** Returns labels for the inputs that the filter names alone, since in a graph each label must be used. */
    private static String labels(String filter, List<String> inputs) {
        return inputs.stream()
                .filter(name -> filter.contains("[" + name + "]"))
                .map(name -> "[%d:v]null[%s];".formatted(inputs.indexOf(name) + 1, name))
                .collect(Collectors.joining());
    }

    /** Joins the filter's lines; a filter that names no input reads the picture. */
    private static String oneLine(String filter) {
        String line = filter.lines()
                .map(String::strip)
                .filter(part -> !part.isEmpty() && !part.startsWith("#"))
                .collect(Collectors.joining());
        return line.contains("[video]") ? line : "[video]" + line;
    }
}
