package dev.caravan.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code ffmpeg} on the path, asked once, when somebody wants to know. */
final class InstalledFfmpeg implements Ffmpeg {
    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");

    private Optional<Found> found = Optional.empty();

    /** A missing one is looked for again: people install it while we run. */
    @Override
    public synchronized Optional<Found> find() {
        if (found.isEmpty()) {
            found = ask();
        }
        return found;
    }

    private static Optional<Found> ask() {
        try {
            Process process = new ProcessBuilder("ffmpeg", "-nostdin", "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            Matcher said = VERSION.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return said.find() ? Optional.of(new Found(said.group(1), "none")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
