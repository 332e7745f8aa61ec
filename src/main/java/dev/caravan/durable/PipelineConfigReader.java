package dev.caravan.durable;

import dev.caravan.job.Priority;
import dev.caravan.job.Rate;
import dev.caravan.settings.Nearest;
import dev.caravan.settings.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.model.RouteDefinition;

/** Reads a pipeline's settings, and refuses, with file and line, what is wrong or would have no effect. */
final class PipelineConfigReader {
    private static final Set<String> NAMES =
            Set.of("priority", "encodingSteps", "weights", "parameters", "retry", "retries", "rate");

    private final RouteDefinition route;
    private final List<String> steps;
    private final YamlSetting yamlSetting;
    private final RetryPolicy defaults;

    /** @param defaults the policy where the pipeline says nothing */
    PipelineConfigReader(RouteDefinition route, List<String> steps, YamlSetting yamlSetting, RetryPolicy defaults) {
        this.route = route;
        this.steps = steps;
        this.yamlSetting = yamlSetting;
        this.defaults = defaults;
    }

    PipelineConfig read() {
        known(yamlSetting, "", NAMES);
        return new PipelineConfig(priority(), encodingSteps(), weights(), parameters(), policies(), rate());
    }

    private Priority priority() {
        YamlSetting priority = yamlSetting.get("priority");
        if (!priority.there()) {
            return Priority.NORMAL;
        }
        return Arrays.stream(Priority.values())
                .filter(band -> lower(band).equals(priority.text()))
                .findFirst()
                .orElseThrow(() -> new PipelineLint.Refused(
                        route,
                        priority,
                        "priority %s is none of %s"
                                .formatted(
                                        priority.text(),
                                        Arrays.stream(Priority.values())
                                                .map(PipelineConfigReader::lower)
                                                .collect(Collectors.joining(", ")))));
    }

    private static String lower(Priority band) {
        return band.name().toLowerCase(Locale.ROOT);
    }

    private List<String> encodingSteps() {
        YamlSetting encoding = yamlSetting.get("encodingSteps");
        if (!encoding.there()) {
            return List.of();
        }
        List<String> ids = List.of(String.valueOf(encoding.text()).trim().split("\\s*,\\s*"));
        ids.forEach(id -> step(encoding, "encodingSteps", id));
        return ids;
    }

    private Map<String, Integer> weights() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        yamlSetting.get("weights").group().forEach((id, weight) -> {
            step(weight, "weights", id);
            if (!String.valueOf(weight.text()).matches("[1-9]\\d{0,5}")) {
                throw new PipelineLint.Refused(
                        route, weight, "the weight of %s must be a whole number from 1".formatted(id));
            }
            weights.put(id, Integer.valueOf(weight.text()));
        });
        return weights;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        yamlSetting
                .get("parameters")
                .group()
                .forEach((name, where) -> parameters.put(name, String.valueOf(where.text())));
        return parameters;
    }

    private Map<String, RetryPolicy> policies() {
        YamlSetting own = yamlSetting.get("retry");
        YamlSetting single = yamlSetting.get("retries");
        single.group().forEach((id, policy) -> step(policy, "retries", id));
        RetryPolicy common = own.there() ? new RetryReader(route, "retry", own).over(defaults) : defaults;
        Map<String, RetryPolicy> policies = new LinkedHashMap<>();
        for (String id : steps) {
            YamlSetting policy = single.get(id);
            policies.put(id, policy.there() ? new RetryReader(route, "retries." + id, policy).over(common) : common);
        }
        usedBySomeStep(own, single);
        return policies;
    }

    private void usedBySomeStep(YamlSetting own, YamlSetting single) {
        own.group().forEach((name, value) -> {
            boolean overridden =
                    steps.stream().allMatch(id -> single.get(id).get(name).there());
            if (overridden) {
                throw new PipelineLint.Refused(
                        route, value, "retry.%s would have no effect: each step has its own".formatted(name));
            }
        });
    }

    private Rate rate() {
        YamlSetting rate = yamlSetting.get("rate");
        if (!rate.there()) {
            return null;
        }
        known(rate, "rate.", Set.of("max", "per"));
        String max = rate.get("max").text();
        String per = rate.get("per").text();
        try {
            return new Rate(Integer.parseInt(String.valueOf(max)), Settings.toDuration(String.valueOf(per)));
        } catch (RuntimeException e) {
            throw new PipelineLint.Refused(
                    route,
                    rate,
                    "rate must be max, a number from 1, and per, a duration from 100ms to 24h; here they are %s and %s"
                            .formatted(max, per));
        }
    }

    private void known(YamlSetting group, String above, Set<String> names) {
        group.group().forEach((name, value) -> {
            if (!names.contains(name)) {
                throw new PipelineLint.Refused(
                        route,
                        value,
                        "there is no setting %s%s%s There are %s"
                                .formatted(
                                        above,
                                        name,
                                        Nearest.end(name, names),
                                        names.stream().sorted().collect(Collectors.joining(", "))));
            }
        });
    }

    private void step(YamlSetting where, String setting, String id) {
        if (!steps.contains(id)) {
            throw new PipelineLint.Refused(
                    route,
                    where,
                    "the setting %s names %s, but the steps are %s: it would have no effect%s"
                            .formatted(setting, id, steps, Nearest.hint(id, steps)));
        }
    }
}
