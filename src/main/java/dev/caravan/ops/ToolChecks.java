package dev.caravan.ops;

import dev.caravan.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks the programs and fonts of this machine that jobs need or can use. */
final class ToolChecks {
    private static final int OLDEST_JAVA = 17;
    private static final Pattern VERSION = Pattern.compile("version (\\S+)");
    /** The encoders that every encoding needs. */
    private static final List<String> ENCODERS = List.of("libx264", "aac");
    /** Maps a filter to what does not work without it. */
    private static final Map<String, String> FILTERS =
            Map.of("subtitles", "subtitles cannot be burned in (libass)", "zscale", "HDR cannot be converted (zscale)");

    private ToolChecks() {}

    static List<Check> of(Settings settings) {
        String ffmpeg = settings.text("caravan.ffmpeg.binary");
        String ffprobe = settings.text("caravan.ffmpeg.ffprobe-binary");
        return List.of(
                check("java", HealthStatus.UNHEALTHY, "Install Java 17 or newer, and set JAVA_HOME.", ToolChecks::java),
                check("ffmpeg", HealthStatus.UNHEALTHY, install("ffmpeg"), () -> ffmpeg(ffmpeg)),
                check("ffprobe", HealthStatus.UNHEALTHY, install("ffmpeg"), () -> version(ffprobe)),
                check(
                        "libvips",
                        HealthStatus.DEGRADED,
                        install("libvips-tools")
                                + " FFmpeg makes the pictures meanwhile, and minds no colour profiles.",
                        () -> vips(settings.text("caravan.image.vips-binary"))),
                check(
                        "fonts",
                        HealthStatus.DEGRADED,
                        install("fontconfig fonts-dejavu fonts-noto-core fonts-noto-cjk fonts-symbola"),
                        () -> fonts(settings.text("caravan.subtitles.font"))),
                check(
                        "bubblewrap",
                        HealthStatus.DEGRADED,
                        install("bubblewrap")
                                + " In a container it may not be allowed; FFmpeg then runs without a jail.",
                        ToolChecks::jail));
    }

    private interface Look {
        Finding look() throws IOException;
    }

    private static Check check(String name, HealthStatus without, String advice, Look look) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding look() throws IOException {
                return look.look();
            }

            @Override
            public Finding outOfReach(String why) {
                return Finding.bad(without, "missing", why, advice);
            }
        };
    }

    private static String install(String packages) {
        return "Install what is missing (Debian: apt-get install " + packages + ").";
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return feature >= OLDEST_JAVA
                ? Finding.good("available", Map.of("version", Runtime.version().toString()))
                : Finding.bad(
                        HealthStatus.UNHEALTHY, "too old", "This is Java " + feature, "Install Java 17 or newer.");
    }

    private static Finding version(String program) throws IOException {
        return Finding.good("available", Map.of("version", versionOf(program)));
    }

    private static String versionOf(String program) throws IOException {
        Matcher matcher = VERSION.matcher(Program.output(program, "-hide_banner", "-version"));
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    private static Finding vips(String program) throws IOException {
        String version = Program.output(program, "--version").strip().replaceFirst("^vips-", "");
        return Finding.good("available", Map.of("version", version));
    }

    private static Finding ffmpeg(String program) throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", versionOf(program));
        String encoders = Program.output(program, "-hide_banner", "-encoders");
        String filters = Program.output(program, "-hide_banner", "-filters");
        List<String> vital =
                ENCODERS.stream().filter(name -> !listed(encoders, name)).toList();
        List<String> missed = new ArrayList<>();
        FILTERS.forEach((name, cost) ->
                Stream.of(cost).filter(lost -> !listed(filters, name)).forEach(missed::add));
        String advice = "Install an FFmpeg that was built with them; that of Debian and Ubuntu is.";
        if (!vital.isEmpty()) {
            return new Finding(
                    "incomplete", HealthStatus.UNHEALTHY, null, "It cannot encode " + vital, advice, details);
        }
        return missed.isEmpty()
                ? Finding.good("available", details)
                : new Finding("incomplete", HealthStatus.DEGRADED, null, String.join("; ", missed), advice, details);
    }

    private static boolean listed(String list, String name) {
        return list.lines().anyMatch(line -> List.of(line.strip().split("\\s+")).contains(name));
    }

    private static Finding fonts(String wanted) throws IOException {
        String families = Program.output("fc-list", ":", "family");
        long number = families.lines().distinct().count();
        Map<String, ?> details = Map.of("families", number);
        return families.contains(wanted)
                ? Finding.good("available", details)
                : new Finding(
                        "missing",
                        HealthStatus.DEGRADED,
                        null,
                        "The font %s of caravan.subtitles.font is not installed; another one takes its place"
                                .formatted(wanted),
                        install("fonts-dejavu fonts-noto-core fonts-noto-cjk fonts-symbola"),
                        details);
    }

    private static Finding jail() throws IOException {
        Program.output("bwrap", "--ro-bind", "/", "/", "--unshare-net", "--unshare-pid", "true");
        return Finding.good("available", Map.of());
    }
}
