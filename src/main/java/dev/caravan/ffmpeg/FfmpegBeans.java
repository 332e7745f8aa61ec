package dev.caravan.ffmpeg;

import dev.caravan.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Binds FFmpeg in the registry: {@code exec:ffmpeg}, {@code exec:ffprobe} and {@code exec:vips} use
 * {@code commandExecutor=#ffmpeg} and {@code binding=#ffmpegCommand}; health uses {@link FfmpegHealth#BEAN}, and the choice
 * of tracks {@link Decoders#BEAN}.
 */
public final class FfmpegBeans {
    private static final Path ANYWHERE = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");
    private static final Pattern VIPS = Pattern.compile("vips-(\\S+)");

    private FfmpegBeans() {}

    /** Finds out once what this system offers, then binds. */
    public static void bind(Registry registry, Settings settings, CamelContext context) {
        FfmpegSettings ours = FfmpegSettings.from(settings);
        ChildStarter starter = new ChildStarter();
        Confinement confinement = Confinement.probe(ours, command -> output(starter, command) != null);
        FfmpegExecutor executor = new FfmpegExecutor(ours, confinement, starter);
        ExecCommandExecutor metered = metered(executor, registry.findSingleByType(MeterRegistry.class));
        registry.bind("ffmpeg", metered);
        registry.bind(
                ProgramRunner.BEAN, new ProgramRunner(metered, ours.programs().keySet()));
        registry.bind("ffmpegCommand", new FfmpegBinding(ours));
        registry.bind(
                FfmpegHealth.BEAN,
                new FfmpegHealth(
                        version(VERSION, output(starter, List.of(ours.ffmpeg(), "-version"))),
                        confinement.name(),
                        version(VIPS, output(starter, List.of(ours.vips(), "--version")))));
        registry.bind(Decoders.BEAN, Decoders.of(output(starter, List.of(ours.ffmpeg(), "-hide_banner", "-codecs"))));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopped) {
                executor.stop();
            }
        });
    }

    /** Allows steps outside a whole Caravan, where nothing is measured. */
    private static ExecCommandExecutor metered(FfmpegExecutor executor, MeterRegistry meters) {
        return meters == null ? executor : new MeteredExecutor(executor, meters);
    }

    private static String version(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said == null ? "" : said);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Returns the output of a short command, or null when it fails, cannot be run, or takes longer than ten seconds. */
    private static String output(ChildStarter starter, List<String> command) {
        try {
            Process process = starter.start(command, ANYWHERE);
            process.getOutputStream().close();
            process.getErrorStream().close();
            String said = new String(process.getInputStream().readNBytes(1 << 16));
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return said;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
