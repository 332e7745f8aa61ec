package dev.caravan.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link CommandTemplate}; every refusal names its line. */
final class TemplateParser {
    private static final Pattern FRAGMENT =
            Pattern.compile("fragment +([a-z][a-z0-9_]*)(?: +when +([^:]+?))? *:(.*)", Pattern.DOTALL);
    private static final Pattern GUARDED = Pattern.compile("when +([^:]+?) *:(.*)", Pattern.DOTALL);

    private final List<CommandTemplate.Fragment> fragments = new ArrayList<>();
    private final List<CommandTemplate.Argument> arguments = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int startedAt;

    CommandTemplate parse(String text) {
        int line = 0;
        for (String raw : text.split("\\R", -1)) {
            take(raw, ++line);
        }
        finish();
        if (arguments.isEmpty()) {
            throw new TemplateException(line, "it has no arguments");
        }
        fragments.forEach(this::checkOrder);
        return new CommandTemplate(List.copyOf(fragments), List.copyOf(arguments));
    }

    private void take(String raw, int line) {
        String content = raw.strip();
        if (content.isEmpty() || content.startsWith("#")) {
            return;
        }
        if (!Character.isWhitespace(raw.charAt(0))) {
            finish();
            startedAt = line;
        } else if (statement.isEmpty()) {
            throw new TemplateException(line, "it is indented, but there is no line above it to go on with");
        }
        statement.append(content);
    }

    private void finish() {
        if (!statement.isEmpty()) {
            add(statement.toString(), startedAt);
            statement.setLength(0);
        }
    }

    private void add(String text, int line) {
        Matcher fragment = FRAGMENT.matcher(text);
        Matcher guarded = GUARDED.matcher(text);
        if (fragment.matches()) {
            String content = checked(fragment.group(3), line);
            fragments.add(
                    new CommandTemplate.Fragment(fragment.group(1), condition(fragment.group(2), line), content, line));
        } else if (guarded.matches()) {
            arguments.add(new CommandTemplate.Argument(
                    Condition.parse(guarded.group(1), line), checked(guarded.group(2), line), line));
        } else if (text.matches("(fragment|when)\\b.*")) {
            throw new TemplateException(
                    line, "write 'when CONDITION: argument' or 'fragment NAME when CONDITION: text'");
        } else {
            arguments.add(new CommandTemplate.Argument(Condition.always(line), checked(text, line), line));
        }
    }

    private void checkOrder(CommandTemplate.Fragment user) {
        CommandTemplate.placeholders(user.text()).forEach(name -> {
            if (fragments.stream().anyMatch(used -> used.name().equals(name) && used.line() >= user.line())) {
                throw new TemplateException(user.line(), "it uses {" + name + "}, which is defined only further down");
            }
        });
    }

    private static Condition condition(String text, int line) {
        return text == null ? Condition.always(line) : Condition.parse(text, line);
    }

    private String checked(String text, int line) {
        String content = text.strip();
        if (content.replaceAll("\\{[a-z][a-z0-9_]*}", "").matches(".*[{}].*")) {
            throw new TemplateException(line, "a placeholder is written {name}: lower case, digits and _");
        }
        return content;
    }
}
