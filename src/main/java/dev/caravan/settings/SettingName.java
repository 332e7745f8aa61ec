package dev.caravan.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names a setting as its user knows it: the property, and the environment variable that was set. */
public final class SettingName {
    private static final Pattern OLDER = Pattern.compile("\\{\\{env:([A-Z0-9_]+)");

    private SettingName() {}

    /** {@code caravan.http.port (PORT)}; the property alone where no variable of it is set. */
    public static String of(String property, Map<String, String> environment) {
        return variables(property).stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> property + " (" + name + ")")
                .orElse(property);
    }

    /** {@code CARAVAN_WORKER_CONCURRENCY} for {@code caravan.worker.concurrency}. */
    public static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** Lists all variables that set it, the strongest first. */
    static List<String> variables(String property) {
        String value = declared().getProperty(property, "");
        return Stream.concat(
                        Stream.of(variable(property)),
                        OLDER.matcher(value).results().map(found -> group(found)))
                .toList();
    }

    private static String group(MatchResult found) {
        return found.group(1);
    }

    private static Properties declared() {
        Properties all = new Properties();
        try (InputStream in = SettingName.class.getResourceAsStream("/application.properties")) {
            if (in != null) {
                all.load(in);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
