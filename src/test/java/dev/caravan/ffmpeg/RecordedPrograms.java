package dev.caravan.ffmpeg;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;
import org.apache.camel.spi.Registry;

/** Takes the place of ffmpeg, ffprobe and vips: writes down what would have run, and answers as it was told. */
public final class RecordedPrograms implements ExecCommandExecutor {
    /** Size of every picture that it writes. */
    public static final int WIDTH = 400;

    public static final int HEIGHT = 300;

    /** One line for each run: the program and its arguments, quoted where they hold blanks. */
    public final List<String> commands = new ArrayList<>();

    private List<String> heard = List.of();
    private String probed = "{}";
    private double frameTime = 2;

    /** Forgets what ran and what it was told. */
    public void reset() {
        commands.clear();
        heard = List.of();
        probed = "{}";
        frameTime = 2;
    }

    /** @param lines of the filters astats and ashowinfo */
    public RecordedPrograms hearing(List<String> lines) {
        heard = lines;
        return this;
    }

    /** @param json what ffprobe writes */
    public RecordedPrograms probing(String json) {
        probed = json;
        return this;
    }

    /** @param seconds of the frames that filters write down; negative for none */
    public RecordedPrograms frameAt(double seconds) {
        frameTime = seconds;
        return this;
    }

    /** Replaces the programs of this machine. */
    public void bindTo(Registry registry, boolean vips) {
        registry.unbind("ffmpeg");
        registry.bind("ffmpeg", this);
        registry.unbind(FfmpegHealth.BEAN);
        registry.bind(FfmpegHealth.BEAN, new FfmpegHealth("5.1", "none", vips ? "8.14" : null));
    }

    @Override
    public ExecResult execute(ExecCommand command) {
        FfmpegCommand run = (FfmpegCommand) command;
        Path workspace = run.step().workspace();
        commands.add(run.getExecutable() + " "
                + run.getArgs().stream()
                        .map(argument -> argument.replace(workspace.toString(), "/w"))
                        .map(argument -> argument.replaceAll("/w/source-\\p{XDigit}+", "/w/source"))
                        .map(argument ->
                                Pattern.compile("[\\s']").matcher(argument).find() ? "\"" + argument + "\"" : argument)
                        .collect(Collectors.joining(" ")));
        try {
            run.call().outputs().forEach(this::write);
            Files.writeString(
                    workspace.resolve("loudness.txt"),
                    "lavfi.r128.I=-30.0\nlavfi.r128.true_peaks_ch0=0.9\nlavfi.r128.true_peaks_ch1=0.5\n");
            Files.writeString(
                    workspace.resolve("levels.txt"),
                    ("lavfi.astats.1.RMS_level=-10\nlavfi.astats.2.RMS_level=-10\n" + "lavfi.astats.3.RMS_level=-90\n")
                            .repeat(8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var read = Map.of(
                0, new FfmpegResult.StreamStatistics(30, 30, 0),
                1, new FfmpegResult.StreamStatistics(50, 50, 0));
        return new FfmpegExecResult(
                command,
                new FfmpegResult(
                        run.getExecutable().equals("ffprobe") ? probed : "",
                        read,
                        0,
                        "",
                        List.of(),
                        heard,
                        Duration.ofSeconds(1),
                        List.of()));
    }

    private void write(Path output) {
        String name = output.getFileName().toString();
        try {
            if (name.endsWith(".frames")) {
                Files.writeString(
                        output,
                        frameTime < 0 ? "" : "frame:0    pts:2       pts_time:%s\nstill=1\n".formatted(frameTime));
            } else if (name.endsWith(".jpg")) {
                ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), "jpg", output.toFile());
            } else {
                Files.write(output, index());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The boxes of an MP4, empty, its index in front. */
    private static byte[] index() {
        return ByteBuffer.allocate(16)
                .putInt(8)
                .put("moov".getBytes())
                .putInt(8)
                .put("mdat".getBytes())
                .array();
    }
}
