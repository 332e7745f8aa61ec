package dev.caravan.ffmpeg;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How libvips' command line is run. It takes no loader by name but goes by the first bytes, as whoever planned the run did
 * before; so those loaders are taken from it that this picture does not need, and those that libvips itself holds unfit for
 * files of strangers (libvips 8.13, {@code VIPS_BLOCK_UNTRUSTED}).
 */
final class Vips {
    static final String PROGRAM = "vips";

    /** Come as plug-ins. Without those, ImageMagick, PDF and slides are out of reach, and starting takes half the time. */
    private static final Set<String> PLUGGED = Set.of("heifload");

    private static final String NOWHERE = "/nonexistent";
    private static final Map<String, String> ALWAYS = Map.of("VIPS_BLOCK_UNTRUSTED", "1", "VIPS_CONCURRENCY", "1");

    private Vips() {}

    static Map<String, String> environment(FfmpegCall call) {
        Map<String, String> environment = new HashMap<>(ALWAYS);
        if (call.demuxers().values().stream().noneMatch(PLUGGED::contains)) {
            environment.put("VIPSHOME", NOWHERE);
        }
        return environment;
    }

    /**
     * The arguments as they are.
     *
     * @throws TemplateException unless the first is an operation and the second a file of this run
     */
    static List<String> checked(List<String> arguments, FfmpegCall call) {
        String file = arguments.size() < 2 ? "" : arguments.get(1);
        if (call.demuxers().keySet().stream()
                .noneMatch(input -> input.toString().equals(file))) {
            throw new TemplateException(0, "the input '" + file + "' of vips is no file of this run");
        }
        return arguments;
    }
}
