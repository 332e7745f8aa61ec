package dev.caravan;

import dev.caravan.httpcall.HttpCallBeans;
import dev.caravan.limit.Providers;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Nearest;
import dev.caravan.settings.SettingName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds variables of older systems that mean nothing any more, and Caravan's settings that do not exist. */
final class UnknownSettings {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownSettings.class);

    private static final Map<String, String> REPLACED = new TreeMap<>(
            Map.of(
                    "CHUNK_SIZE", "nothing: ranges are served as they are asked for",
                    "VIDEO_STORAGE_DIR", "CARAVAN_DATA (the embedded S3's folder) or AWS_S3_BUCKET",
                    "USE_S3_STORAGE", "nothing: results always lie in S3; CARAVAN_PROFILE=aws makes it AWS's",
                    "WORKERS",
                            "CARAVAN_WORKER_CONCURRENCY (jobs at once) and CARAVAN_WORKER_SLOTS (of these, encoding)",
                    "IMAGEMAGICK_BINARY", "nothing: FFmpeg and libvips do its work",
                    "AWS_CLOUDWATCH_LOG_GROUP",
                            "the awslogs driver of the container, or CloudWatch's agent on LOG_FILE; Caravan logs to standard output"));

    /** Variables of the launcher, which have no property behind them. */
    private static final Set<String> LAUNCHER = Set.of(
            "CARAVAN_PROFILE",
            "CARAVAN_CALLER_DIR",
            "CARAVAN_CONFIG",
            "CARAVAN_ENV_FILE",
            "CARAVAN_API",
            "CARAVAN_BUCKET");

    /** The variables that Kubernetes sets for a service named caravan. */
    private static final String SERVICE_LINK = "CARAVAN(_[A-Z0-9]+)*_(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_[0-9]+_.*)";

    private UnknownSettings() {}

    /** Logs what replaces each retired variable that is set. */
    static void report(Map<String, String> environment) {
        said(environment).forEach(LOG::warn);
    }

    /** Returns the sentences of {@link #report}, for callers that do not log them. */
    static List<String> said(Map<String, String> environment) {
        return REPLACED.entrySet().stream()
                .filter(retired -> environment.containsKey(retired.getKey()))
                .map(retired -> retired.getKey() + " has no meaning here. Instead: " + retired.getValue())
                .toList();
    }

    /**
     * Refuses a setting that nothing reads: its name is misspelled, and it would have no effect.
     *
     * @param known all properties that exist
     * @throws InvalidSetting naming the variable and the setting that is spelled most like it
     */
    static void refuseUnknown(Map<String, String> environment, Set<String> known) {
        List<String> names = known.stream().map(SettingName::variable).toList();
        environment.keySet().stream()
                .filter(name -> name.startsWith("CARAVAN_") && !LAUNCHER.contains(name) && !names.contains(name))
                .filter(name -> !name.matches(SERVICE_LINK))
                .filter(name -> !name.startsWith(SettingName.variable(Providers.PREFIX)))
                .filter(name -> !name.startsWith(SettingName.variable(HttpCallBeans.SECRETS)))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSetting(
                            name,
                            null,
                            "there is no such setting. Did you mean "
                                    + Nearest.of(name, names).orElse("one of those in application.properties") + "?");
                });
    }
}
