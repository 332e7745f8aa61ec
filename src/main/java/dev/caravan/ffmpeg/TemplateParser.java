package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link CommandTemplate}; every refusal names its line. */
final class TemplateParser {
    private static final Pattern FRAGMENT =
            Pattern.compile("fragment +([a-z][a-z0-9_]*)(?: +when +([^:]+?))? *:(.*)", Pattern.DOTALL);
    private static final Pattern GUARDED = Pattern.compile("when +([^:]+?) *:(.*)", Pattern.DOTALL);
    private static final Pattern USE = Pattern.compile("use +([a-z][a-z0-9-]*)(?: +with +(.+))?");
    private static final Pattern PARAMETER = Pattern.compile("([a-z][a-z0-9_]*)=(\\S+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z][a-z0-9_]*)}");
    /** The deepest nesting of files: a file that uses itself is refused here. */
    private static final int MAX_DEPTH = 8;

    private final FragmentFiles files;
    private final int depth;
    private final List<CommandTemplate.Fragment> fragments = new ArrayList<>();
    private final List<CommandTemplate.Argument> arguments = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int startedAt;
    private Condition group;
    private int indentOfGroup;

    TemplateParser(FragmentFiles files) {
        this(files, 0);
    }

    private TemplateParser(FragmentFiles files, int depth) {
        this.files = files;
        this.depth = depth;
    }

    CommandTemplate parse(String text) {
        int lines = read(text);
        if (arguments.isEmpty()) {
            throw new TemplateException(lines, "it has no arguments");
        }
        for (int i = 0; i < fragments.size(); i++) {
            checkOrder(i);
        }
        return new CommandTemplate(List.copyOf(fragments), List.copyOf(arguments));
    }

    private int read(String text) {
        int line = 0;
        for (String raw : text.split("\\R", -1)) {
            take(raw, ++line);
        }
        finish();
        requireGroupWithLines();
        return line;
    }

    private void take(String raw, int line) {
        String content = raw.strip();
        if (content.isEmpty() || content.startsWith("#")) {
            return;
        }
        int indent = raw.length() - raw.stripLeading().length();
        if (indent == 0) {
            finish();
            requireGroupWithLines();
            group = null;
            startedAt = line;
        } else if (opensGroup()) {
            finish();
            indentOfGroup = indent;
            startedAt = line;
        } else if (group != null && indent == indentOfGroup) {
            finish();
            startedAt = line;
        } else if (statement.isEmpty()) {
            throw new TemplateException(line, "it is indented, but there is no line above it to go on with");
        }
        statement.append(content);
    }

    /** Returns whether the line above is a condition with nothing after it: the indented lines below belong to it. */
    private boolean opensGroup() {
        Matcher guarded = GUARDED.matcher(statement);
        return group == null && guarded.matches() && guarded.group(2).isBlank();
    }

    private void requireGroupWithLines() {
        if (group != null && indentOfGroup == 0) {
            throw new TemplateException(startedAt, "this condition has no lines: indent those that it is for");
        }
        indentOfGroup = 0;
    }

    private void finish() {
        if (!statement.isEmpty()) {
            String text = statement.toString();
            statement.setLength(0);
            Matcher guarded = GUARDED.matcher(text);
            if (group == null && guarded.matches() && guarded.group(2).isBlank()) {
                group = Condition.parse(guarded.group(1), startedAt);
            } else {
                add(text, startedAt, group == null ? Condition.always(startedAt) : group);
            }
        }
    }

    private void add(String text, int line, Condition when) {
        Matcher fragment = FRAGMENT.matcher(text);
        Matcher guarded = GUARDED.matcher(text);
        Matcher use = USE.matcher(text);
        if (fragment.matches()) {
            Condition own = fragment.group(2) == null ? when : when.and(Condition.parse(fragment.group(2), line));
            fragments.add(new CommandTemplate.Fragment(fragment.group(1), own, checked(fragment.group(3), line), line));
        } else if (guarded.matches() && !guarded.group(2).isBlank()) {
            add(guarded.group(2).strip(), line, when.and(Condition.parse(guarded.group(1), line)));
        } else if (use.matches()) {
            use(use.group(1), use.group(2), line, when);
        } else if (text.matches("(fragment|when|use)\\b.*")) {
            throw new TemplateException(
                    line,
                    "write 'when CONDITION: argument', 'fragment NAME when CONDITION: text' or 'use NAME with NAME=TEXT'");
        } else {
            arguments.add(new CommandTemplate.Argument(when, checked(text, line), line));
        }
    }

    /** Inserts the lines of another file, under this line's condition. */
    private void use(String name, String with, int line, Condition when) {
        String text = files.find(name)
                .orElseThrow(() -> new TemplateException(
                        line, "there is no file " + name + FragmentFiles.EXTENSION + " of shared arguments"));
        if (depth == MAX_DEPTH) {
            throw new TemplateException(line, name + FragmentFiles.EXTENSION + " uses itself");
        }
        TemplateParser used = new TemplateParser(files, depth + 1);
        try {
            used.read(filled(text, parameters(with, line)));
        } catch (TemplateException e) {
            throw new TemplateException(line, "in %s%s: %s".formatted(name, FragmentFiles.EXTENSION, e.getMessage()));
        }
        used.fragments.forEach(fragment -> fragments.add(
                new CommandTemplate.Fragment(fragment.name(), when.and(fragment.when()), fragment.text(), line)));
        used.arguments.forEach(argument ->
                arguments.add(new CommandTemplate.Argument(when.and(argument.when()), argument.text(), line)));
    }

    private static Map<String, String> parameters(String with, int line) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : with == null ? new String[0] : with.trim().split(", +")) {
            Matcher parameter = PARAMETER.matcher(each);
            if (!parameter.matches()) {
                throw new TemplateException(line, "'" + each + "' is no parameter; write NAME=TEXT, joined by commas");
            }
            parameters.put(parameter.group(1), parameter.group(2));
        }
        return parameters;
    }

    /** Replaces parameters; other placeholders stay, as they are values of the command. */
    private static String filled(String text, Map<String, String> parameters) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(parameters.getOrDefault(found.group(1), found.group())));
    }

    private void checkOrder(int index) {
        CommandTemplate.Fragment user = fragments.get(index);
        List<String> from = fragments.subList(index, fragments.size()).stream()
                .map(CommandTemplate.Fragment::name)
                .toList();
        CommandTemplate.placeholders(user.text())
                .filter(from::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new TemplateException(
                            user.line(), "it uses {" + name + "}, which is defined only further down");
                });
    }

    private static String checked(String text, int line) {
        String content = text.strip();
        if (content.replaceAll("\\{[a-z][a-z0-9_]*}", "").matches(".*[{}].*")) {
            throw new TemplateException(line, "a placeholder is written {name}: lower case, digits and _");
        }
        return content;
    }
}
