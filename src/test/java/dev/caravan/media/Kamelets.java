package dev.caravan.media;

import dev.caravan.durable.KameletParameters;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FakeStep;
import dev.caravan.image.ImageBeans;
import dev.caravan.settings.Settings;
import dev.caravan.storage.MediaFile;
import dev.caravan.subtitle.SubtitleBeans;
import dev.caravan.waveform.WaveformBeans;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Registry;

/** The real Kamelets with the real properties and the real FFmpeg, over a folder for S3. */
public final class Kamelets implements AutoCloseable {
    public final FolderFiles files;
    public final Path root;
    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    public Kamelets(Path root, Map<String, String> settings) {
        this(root, settings, registry -> {});
    }

    /** @param programs puts others in place of this machine's programs */
    Kamelets(Path root, Map<String, String> settings, Consumer<Registry> programs) {
        this.root = root;
        this.files = new FolderFiles(root.resolve("bucket"));
        Properties overrides = new Properties();
        overrides.putAll(settings);
        context.getPropertiesComponent().setLocation("classpath:application.properties");
        context.getPropertiesComponent().setOverrideProperties(overrides);
        context.getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
        Settings typed = new Settings(key -> context.getPropertiesComponent().resolveProperty(key));
        EncodedVideo encoded = MediaBeans.bind(context.getRegistry(), typed, files, context);
        programs.accept(context.getRegistry());
        ImageBeans.bind(context.getRegistry(), typed, files);
        WaveformBeans.bind(context.getRegistry(), files);
        SubtitleBeans.bind(context.getRegistry(), typed, files, encoded);
        ((ModelCamelContext) context).addModelLifecycleStrategy(new KameletParameters(context));
        context.start();
        template = context.createProducerTemplate();
    }

    public static Kamelets fast(Path root) {
        return new Kamelets(root, Map.of("caravan.ffmpeg.preset", "ultrafast"));
    }

    public Run start(Path local) {
        try {
            Path workspace = Files.createDirectories(root.resolve("workspaces/" + UUID.randomUUID()));
            return new Run(files.put(local), new FakeStep(workspace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Probe probe(Path local) {
        return start(local).send("probe-media-action").probe();
    }

    /** Probes and standardizes; parameters as in {@code width=640&height=360}. */
    Run standardize(Path local, String parameters) {
        return start(local)
                .send("probe-media-action")
                .send("standardize-video-action" + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    @Override
    public void close() {
        context.stop();
    }

    /** One job. */
    public final class Run {
        public final FakeStep step;
        private final Exchange exchange = context.getEndpoint("direct:job").createExchange();

        private Run(MediaFile source, FakeStep step) {
            this.step = step;
            exchange.setProperty(StepContext.PROPERTY, step);
            exchange.getMessage().setBody(source);
        }

        public Run send(String kamelet) {
            template.send("kamelet:" + kamelet, exchange);
            if (exchange.getException() instanceof StepException failed) {
                throw failed;
            } else if (exchange.getException() != null) {
                throw new CamelExecutionException("failed", exchange, exchange.getException());
            }
            return this;
        }

        public Probe probe() {
            return Probe.of(exchange);
        }

        public Exchange exchange() {
            return exchange;
        }

        public MediaFile body() {
            return exchange.getMessage().getBody(MediaFile.class);
        }

        public Path output() {
            return files.path(body());
        }

        Map<?, ?> converted() {
            return variable("convert");
        }

        @SuppressWarnings("unchecked")
        public Map<String, Object> variable(String name) {
            return Optional.ofNullable(exchange.getVariable(name, Map.class)).orElseThrow();
        }
    }
}
