package dev.caravan.media;

import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** The Java side of run-ffmpeg-action: fills in the arguments that a pipeline wrote, checks the output, and stores it. */
public final class RunFfmpeg {
    /** Exchange properties in which the Kamelet passes its parameters; the first has lines of {@code name=value}. */
    static final String OPTIONS = "run.options";

    static final String ARGUMENTS = "run.arguments";
    static final String FILTER = "run.filter";
    static final String INPUTS = "run.inputs";
    static final String VALUES = "run.values";

    /** Exchange property: true if ffprobe must read the output. */
    static final String PROBED = "run.probed";

    private static final String RUN = "run.output";
    /** Options by which FFmpeg leaves a part of the source unread, which is no loss. */
    private static final Pattern CUT = Pattern.compile("(?m)^-(t|to|ss|fs|frames(:v)?|vframes)$");

    private static final String TYPE = "([a-z][a-z0-9-]{0,63})?";
    private static final String VARIABLE = "[a-z][A-Za-z0-9_]{0,63}";
    /** Silence lasts longer than any picture that is a little longer than its header says. Seconds. */
    private static final double LONGER = 60;

    private final Files files;
    private final ProbeReader reader;
    private final double minIntact;

    /** @param minIntact the part of the source that must be readable, 0 to 1 */
    RunFfmpeg(Files files, ProbeReader reader, double minIntact) {
        this.files = files;
        this.reader = reader;
        this.minIntact = minIntact;
    }

    /**
     * Prepares the run that the arguments describe.
     *
     * @throws StepException permanent {@code PARAMETER_INVALID}, {@code SPAN_OUTSIDE}, {@code INPUT_REFUSED}; and those of
     *     the further inputs
     */
    public void plan(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Probe probe = Probe.of(exchange);
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        List<StepInput> inputs = StepInput.parse(text(exchange, INPUTS), step.parameters());
        Map<String, Object> values = new HashMap<>(facts(exchange, probe, step, source));
        values.putAll(StepTexts.declared(text(exchange, VALUES), step));
        Run run = run(exchange, values, probe);
        values.putAll(run.length().values(probe));
        values.put("silence", run.length().from().isPresent() ? values.get("length") : values.get("longest"));
        addSound(exchange, inputs.size(), run.length().from().orElse(0), values);
        FfmpegCall call = FfmpegCall.with(values)
                .input("source", files.fetch(source, step.workspace()), probe.container())
                .output("output", run.local())
                .lasting(run.length().length().orElse(probe.duration()));
        for (StepInput input : inputs) {
            Path local = further(exchange).fetch(step, input.uri(), input.fromJob());
            call = call.input(input.name(), local, input.demuxer(local));
        }
        (sound(exchange) == null ? call.value("even", "") : sound(exchange).into(call)).on(exchange);
        exchange.setProperty(RUN, run);
        exchange.setProperty(
                FfmpegCall.COMMAND,
                StepArguments.command(
                        text(exchange, ARGUMENTS),
                        text(exchange, FILTER),
                        inputs.stream().map(StepInput::name).toList()));
    }

    /**
     * Measures what the run lost, and prepares the ffprobe run over the written file.
     *
     * @throws StepException permanent {@code MEDIA_MOSTLY_UNREADABLE}, transient {@code OUTPUT_INVALID}
     */
    public void planCheck(Exchange exchange) {
        Run run = exchange.getProperty(RUN, Run.class);
        new WrittenFile(run.format(), run.local()).requireWhole();
        exchange.setProperty(PROBED, run.format().demuxer != null);
        boolean picture = run.length().whole()
                && run.holds().picture()
                && !CUT.matcher(command(exchange)).find();
        exchange.setProperty(SourceLoss.PROPERTY, SourceLoss.of(exchange, picture, files));
        if (run.format().demuxer != null) {
            FfmpegCall.with(Map.of())
                    .input("source", run.local(), run.format().demuxer)
                    .on(exchange);
        }
    }

    /**
     * Compares the output with what the pipeline asked for, stores it, and leaves the variable.
     *
     * @throws StepException permanent {@code MEDIA_MOSTLY_UNREADABLE}, transient {@code OUTPUT_INVALID}
     */
    public void finish(Exchange exchange) {
        Run run = exchange.getProperty(RUN, Run.class);
        WrittenFile written = new WrittenFile(run.format(), run.local());
        WrittenFile.Facts facts =
                exchange.getProperty(PROBED, boolean.class) ? written.probed(exchange, reader) : written.animation();
        SourceLoss loss = exchange.getProperty(SourceLoss.PROPERTY, SourceLoss.class);
        loss.judge(StepContext.of(exchange), run.length(), facts.duration(), minIntact);
        written.verify(facts, run.holds(), run.length(), loss.any());
        exchange.setVariable(run.variable(), stored(exchange, run, facts));
    }

    private Map<String, Object> stored(Exchange exchange, Run run, WrittenFile.Facts facts) {
        OutputFormat format = run.format();
        Map<String, Object> summary = new LinkedHashMap<>(facts.summary());
        StoredOutput.keep(
                files,
                exchange,
                run.local(),
                new StoredOutput.Kind(run.type(), format.extension, format.contentType),
                made -> {
                    Made sized = facts.width() > 0 ? made.sized(facts.width(), facts.height()) : made;
                    return format.lasts() ? sized.lasting(facts.duration()) : sized;
                },
                summary);
        return summary;
    }

    /** Returns the facts of the source, the job and the asset that the arguments may name. */
    private static Map<String, Object> facts(Exchange exchange, Probe probe, StepContext step, MediaFile source) {
        Map<String, Object> values = new HashMap<>();
        if (probe.video() != null) {
            values.putAll(SourceValues.of(probe));
            values.put("width", probe.video().width() / 2 * 2);
            values.put("height", probe.video().height() / 2 * 2);
            values.put("frame_rate", probe.video().frameRate());
        }
        values.put("picture", probe.video() != null);
        values.put("sound", probe.audio() != null);
        values.put("audio", probe.audio() == null ? "" : probe.audio().stream());
        values.put("channels", probe.audio() == null ? 0 : probe.audio().channels());
        values.put("duration", probe.duration());
        values.put("longest", 2 * probe.duration() + LONGER);
        values.put("asset_id", step.assetId());
        values.put("job_id", step.jobId());
        values.put("owner", step.owner());
        values.put("filename", source.filename() == null ? "" : source.filename());
        if (sound(exchange) != null) {
            values.putAll(sound(exchange).values());
        }
        return values;
    }

    /**
     * The even copy of the sound follows the further inputs, and begins where the part of the source does.
     *
     * @param from seconds into the source
     */
    private static void addSound(Exchange exchange, int inputs, double from, Map<String, Object> values) {
        MeasuredSound sound = sound(exchange);
        values.put("even_from", 0);
        if (sound != null && !sound.isEven()) {
            values.put("sound_input", 1 + inputs);
            values.put("even_from", Math.max(0, from - sound.start()));
            values.put("even_start", Math.max(0, sound.start() - from));
        }
    }

    private static MeasuredSound sound(Exchange exchange) {
        return exchange.getProperty(MeasuredSound.PROPERTY, MeasuredSound.class);
    }

    private static Run run(Exchange exchange, Map<String, Object> values, Probe probe) {
        StepContext step = StepContext.of(exchange);
        Options options = Options.of(exchange, OPTIONS).filled(values);
        OutputFormat format = OutputFormat.named(options.oneOf("format", OutputFormat.NAMES));
        String type = options.matching("type", TYPE, "a type of derivative, or empty");
        String lasts = options.matching("lasts", OutputLength.PATTERN, "source, any, seconds, or a part such as 0..10");
        return new Run(
                format,
                type,
                options.matching("variable", VARIABLE, "the name of a variable"),
                Holds.of(options, format, probe),
                format.lasts()
                        ? OutputLength.of(lasts, values, probe.duration())
                        : OutputLength.of("any", values, probe.duration()),
                type.isEmpty()
                        ? StepOutput.local(step, format.extension)
                        : StepOutput.local(step, type, format.extension));
    }

    private static String command(Exchange exchange) {
        return text(exchange, FfmpegCall.COMMAND);
    }

    static FurtherInputs further(Exchange exchange) {
        return exchange.getContext().getRegistry().lookupByNameAndType(FurtherInputs.BEAN, FurtherInputs.class);
    }

    private static String text(Exchange exchange, String property) {
        return exchange.getProperty(property, "", String.class);
    }

    /** @param type type of the derivative; empty if the output becomes the job's current file */
    private record Run(
            OutputFormat format, String type, String variable, Holds holds, OutputLength length, Path local) {}
}
