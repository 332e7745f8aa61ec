package dev.caravan.durable;

import dev.caravan.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.model.RouteDefinition;

/** Reads one {@code retry} group of a pipeline's settings. What would not change anything is refused at its line. */
final class RetryReader {
    private static final List<String> NAMES =
            List.of("attempts", "delay", "multiplier", "maxDelay", "totalTime", "jitter", "retryAfter");
    private static final int MAX_ATTEMPTS = 100;

    private final RouteDefinition route;
    private final String name;
    private final YamlSetting yamlSetting;

    RetryReader(RouteDefinition route, String name, YamlSetting yamlSetting) {
        this.route = route;
        this.name = name;
        this.yamlSetting = yamlSetting;
    }

    /** The policy that is written, where what it leaves open is as in {@code base}. */
    RetryPolicy over(RetryPolicy base) {
        if (yamlSetting.group().isEmpty()) {
            throw new PipelineLint.Refused(
                    route, yamlSetting, name + " says nothing; it takes " + String.join(", ", NAMES));
        }
        yamlSetting.group().keySet().stream()
                .filter(setting -> !NAMES.contains(setting))
                .findFirst()
                .ifPresent(setting -> refuse(
                        setting,
                        "there is no setting %s.%s; there are %s".formatted(name, setting, String.join(", ", NAMES))));
        RetryPolicy policy = new RetryPolicy(
                value("attempts", base.attempts(), RetryReader::attempts, "a whole number from 1 to " + MAX_ATTEMPTS),
                value("delay", base.delay(), RetryReader::duration, "a duration such as 500ms, 2s or 5m"),
                value("multiplier", base.multiplier(), RetryReader::multiplier, "a number from 1 to 100"),
                value("maxDelay", base.maxDelay(), RetryReader::duration, "a duration such as 30s or 5m"),
                value("totalTime", base.totalTime(), RetryReader::duration, "a duration such as 30m"),
                value("jitter", base.jitter(), RetryReader::part, "a number from 0 to 1"),
                value("retryAfter", base.retryAfter(), RetryReader::flag, "true or false"));
        checkEffect(policy, base);
        return policy;
    }

    private void checkEffect(RetryPolicy policy, RetryPolicy base) {
        if (policy.attempts() == 1) {
            NAMES.stream().skip(1).forEach(setting -> without(setting, "nothing is tried again with attempts 1"));
            return;
        }
        boolean bounded = policy.maxDelay().compareTo(policy.delay()) <= 0;
        if (policy.maxDelay().compareTo(policy.delay()) < 0) {
            String why = "the delay %s is longer than the maxDelay %s"
                    .formatted(Settings.toText(policy.delay()), Settings.toText(policy.maxDelay()));
            without("delay", why);
            without("maxDelay", why);
        }
        if (policy.delay().isZero()) {
            without("multiplier", "the delay is 0");
            without("jitter", "the delay is 0");
        }
        if (policy.attempts() == 2) {
            without("multiplier", "with attempts 2 there is one wait only");
        }
        if (bounded) {
            without("multiplier", "the waits begin at the maxDelay " + Settings.toText(policy.maxDelay()));
        }
        double longest = policy.delay().toMillis() * Math.pow(policy.multiplier(), policy.attempts() - 2.0);
        if (longest <= policy.maxDelay().toMillis()) {
            without("maxDelay", "the longest wait is " + Settings.toText(Duration.ofMillis((long) longest)));
        }
        if (policy.totalTime() != null && policy.totalTime().compareTo(policy.shortestAfter(1)) < 0) {
            String why = "the first wait alone is " + Settings.toText(policy.shortestAfter(1));
            refuse(
                    yamlSetting.get("totalTime").there() ? "totalTime" : "delay",
                    "no second attempt would start within %s.totalTime %s: %s"
                            .formatted(name, Settings.toText(policy.totalTime()), why));
        }
        same("jitter", policy.jitter(), base.jitter());
        same("retryAfter", policy.retryAfter(), base.retryAfter());
    }

    /** Attempts and waits may be pinned to what the defaults are now; these have no setting that could change them. */
    private void same(String setting, Object value, Object inherited) {
        if (value.equals(inherited)) {
            without(setting, "it is %s anyway".formatted(inherited));
        }
    }

    private void without(String setting, String why) {
        if (yamlSetting.get(setting).there()) {
            refuse(setting, "%s.%s would have no effect: %s".formatted(name, setting, why));
        }
    }

    private void refuse(String setting, String why) {
        YamlSetting where = yamlSetting.get(setting).there() ? yamlSetting.get(setting) : yamlSetting;
        throw new PipelineLint.Refused(route, where, why);
    }

    private <T> T value(String setting, T inherited, Function<String, T> reader, String expected) {
        YamlSetting there = yamlSetting.get(setting);
        if (!there.there()) {
            return inherited;
        }
        try {
            return reader.apply(there.text().trim());
        } catch (RuntimeException e) {
            throw new PipelineLint.Refused(
                    route, there, "%s.%s = %s: it must be %s".formatted(name, setting, there.text(), expected));
        }
    }

    private static int attempts(String text) {
        return (int) within(1, Integer.parseInt(text), MAX_ATTEMPTS);
    }

    private static double multiplier(String text) {
        return within(1, Double.parseDouble(text), 100);
    }

    private static double part(String text) {
        return within(0, Double.parseDouble(text), 1);
    }

    /** With its unit: caravan.retry.delay counts milliseconds, and other settings seconds. */
    private static Duration duration(String text) {
        if (!text.matches("0|.*[a-z]")) {
            throw new IllegalArgumentException(text);
        }
        Duration duration = Settings.toDuration(text);
        within(0, duration.toMillis(), Duration.ofDays(365).toMillis());
        return duration;
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static double within(double least, double value, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }
}
