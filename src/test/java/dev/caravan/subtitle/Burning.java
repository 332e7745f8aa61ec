package dev.caravan.subtitle;

import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The steps of the pipeline burn-subtitles, with the real FFmpeg. */
final class Burning implements AutoCloseable {
    static final String KEY = "uploads/text.srt";

    private final Kamelets kamelets;

    Burning(Path root) {
        kamelets = Kamelets.fast(root);
    }

    /** Probes, reads the subtitles and burns them; parameters as in {@code resolution=480p&crf=20}. */
    Kamelets.Run run(Path video, String srt, String parameters) {
        Kamelets.Run run = read(video, srt);
        run.step.step = "burn";
        return run.send("burn-subtitles-action" + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /** The same, with the subtitles beside the picture. */
    Kamelets.Run embed(Path video, String srt, String parameters) {
        Kamelets.Run run = read(video, srt);
        run.step.step = "embed";
        return run.send("embed-subtitles-action" + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    Result burn(Path video, String srt, String parameters) {
        return new Result(run(video, srt, parameters).output());
    }

    Kamelets.Run read(Path video, String srt) {
        upload(srt);
        return read(video, Map.of("file", KEY));
    }

    Kamelets.Run read(Path video, Map<String, Object> parameters) {
        Kamelets.Run run = kamelets.start(video).send("probe-media-action");
        run.step.step = "subtitles";
        run.step.parameters = parameters;
        run.send("read-subtitles-action");
        run.step.parameters = Map.of();
        return run;
    }

    Path stored(Kamelets.Run run) {
        return kamelets.files.path(SubtitlesFile.of(run.exchange()).file());
    }

    void upload(String srt) {
        upload(KEY, srt.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    void upload(String key, byte[] bytes) {
        try {
            Path file = kamelets.root.resolve("bucket").resolve(key);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kamelets.close();
    }
}
