package dev.caravan.ffmpeg;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prepares libvips' command line. It takes no loader by name but decides by the first bytes, as the planner of the run did
 * before; so it is run without the loaders that this picture does not need, and without those that libvips itself holds
 * unfit for untrusted files (libvips 8.13, {@code VIPS_BLOCK_UNTRUSTED}).
 */
final class Vips {
    static final String PROGRAM = "vips";

    /** The loaders in plug-ins. Without plug-ins, ImageMagick, PDF and slides are disabled, and a start is twice as fast. */
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
     * Returns the arguments unchanged.
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
