package dev.caravan.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds the arguments that every run needs to a Kamelet's command, and refuses an input whose kind is not known yet. */
final class HardenedArguments {
    private static final List<String> FFMPEG = List.of(
            "-nostdin", "-hide_banner", "-y", "-loglevel", "repeat+level+verbose", "-nostats", "-progress", "pipe:1");
    private static final List<String> FFPROBE = List.of("-hide_banner", "-loglevel", "repeat+level+warning");

    private final Map<String, String> demuxers = new HashMap<>();
    private final long maxPixels;

    HardenedArguments(Map<Path, String> demuxers, long maxPixels) {
        demuxers.forEach((file, demuxer) -> this.demuxers.put(file.toString(), demuxer));
        this.maxPixels = maxPixels;
    }

    /**
     * @param program ffmpeg or ffprobe
     * @throws TemplateException for an input that is neither pinned nor one of FFmpeg's own sources
     */
    List<String> around(String program, List<String> arguments) {
        List<String> hardened = new ArrayList<>(program.equals("ffmpeg") ? FFMPEG : FFPROBE);
        String format = "";
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (argument.equals("-f")) {
                format = next;
            } else if (argument.equals("-i")) {
                hardened.addAll(pinned(next, format));
                format = "";
            }
            hardened.add(argument);
        }
        return List.copyOf(hardened);
    }

    private List<String> pinned(String input, String format) {
        if (demuxers.containsKey(input)) {
            return List.of(
                    "-protocol_whitelist",
                    "file,pipe",
                    "-max_pixels",
                    Long.toString(maxPixels),
                    "-f",
                    demuxers.get(input));
        }
        if (format.equals("lavfi")) {
            return List.of();
        }
        throw new TemplateException(0, "the input '" + input + "' is no file of this run and no '-f lavfi' source");
    }
}
