package dev.caravan.media;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.ffmpeg.FfmpegCall;
import dev.caravan.ffmpeg.ProgramExit;
import dev.caravan.ffmpeg.ProgramRunner;
import dev.caravan.json.Json;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bean {@code runCommand} of the Kamelet run-command-action: runs a program in the sandbox and keeps its output. */
public final class RunProgram {
    static final String OPTIONS = "command.options";
    static final String ARGUMENTS = "command.arguments";
    static final String VALUES = "command.values";
    static final String INPUTS = "command.inputs";
    static final String EXIT_CODES = "command.exit-codes";

    private static final List<String> ANSWERS = List.of("json", "text", "file", "nothing");
    /** A variable of a step has at most 64 KiB. */
    private static final int MAX_IN_VARIABLE = 60_000;

    private final Files files;
    private final ProgramRunner programs;

    RunProgram(Files files, ProgramRunner programs) {
        this.files = files;
        this.programs = programs;
    }

    /**
     * Runs the program, and leaves its output as a variable or as a file.
     *
     * @throws StepException {@code COMMAND_FAILED} and {@code COMMAND_SKIPPED} by its exit code; permanent
     *     {@code COMMAND_REFUSED}, {@code COMMAND_INVALID}, {@code COMMAND_ANSWER_INVALID}; transient
     *     {@code COMMAND_TIMEOUT}
     */
    public void run(Exchange exchange) {
        StepContext step = StepContext.of(exchange);
        Options options = Options.of(exchange, OPTIONS);
        String answer = options.oneOf("answer", ANSWERS);
        Path output = step.workspace().resolve("command-output");
        String said = run(exchange, step, options, call(exchange, step, output));
        String variable = options.text("variable");
        if (answer.equals("file")) {
            keep(said, output);
            exchange.setVariable(
                    variable,
                    StoredOutput.store(
                            files,
                            exchange,
                            output,
                            options.oneOf("format", StoredOutput.FORMATS),
                            options.matching("type", "([a-z][a-z0-9-]{0,63})?", "a type of derivative, or empty")));
        } else if (!answer.equals("nothing")) {
            exchange.setVariable(variable, read(options.text("command"), said, answer.equals("json")));
        }
    }

    /** A program that wrote no file has written to its standard output. */
    private static void keep(String said, Path output) {
        if (PlainFile.exists(output) || said.isBlank()) {
            return;
        }
        try {
            java.nio.file.Files.writeString(output, said, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FfmpegCall call(Exchange exchange, StepContext step, Path output) {
        MediaFile source = exchange.getMessage().getBody(MediaFile.class);
        Map<String, Object> values =
                new HashMap<>(Map.of("asset_id", step.assetId(), "job_id", step.jobId(), "owner", step.owner()));
        values.putAll(StepTexts.declared(text(exchange, VALUES), step));
        FfmpegCall call = FfmpegCall.with(values)
                .input("source", files.fetch(source, step.workspace()), "")
                .output("output", output);
        for (StepInput input : StepInput.parse(text(exchange, INPUTS), step.parameters())) {
            call = call.input(input.name(), RunFfmpeg.further(exchange).fetch(step, input.uri(), input.fromJob()), "");
        }
        return call;
    }

    private String run(Exchange exchange, StepContext step, Options options, FfmpegCall call) {
        Duration limit = Settings.toDuration(options.matching("timeLimit", "\\d+(ms|s|m|h)?", "a time such as 60s"));
        String program = options.text("command");
        try {
            return programs.run(
                    program, StepArguments.command(text(exchange, ARGUMENTS), "", List.of()), call, step, limit);
        } catch (ProgramExit e) {
            throw failure(
                    program, e, ExitCodes.parse(text(exchange, EXIT_CODES)).of(e.code()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StepException failure(String program, ProgramExit exit, FailureKind kind) {
        String code = kind == FailureKind.SKIPPED ? "COMMAND_SKIPPED" : "COMMAND_FAILED";
        String last =
                exit.stderrTail().lines().reduce((first, second) -> second).orElse("");
        return new StepException(new Failure(
                        code,
                        kind,
                        null,
                        "%s ended with exit code %d%s"
                                .formatted(program, exit.code(), last.isEmpty() ? "" : ": " + last),
                        "See the last lines that it wrote; exitCodes of the step says which codes are worth another attempt.",
                        exit.stderrTail()))
                .permanentWhenRepeated();
    }

    private static Object read(String program, String said, boolean json) {
        if (said.length() > MAX_IN_VARIABLE) {
            throw StepException.permanent(
                    "COMMAND_ANSWER_INVALID",
                    "%s wrote %d characters; a variable takes %d".formatted(program, said.length(), MAX_IN_VARIABLE),
                    "Let it write a file, {output}, and take that: answer: file.");
        } else if (!json) {
            return said.strip();
        }
        try {
            return Json.MAPPER.readValue(said, Object.class);
        } catch (IOException e) {
            throw StepException.permanent(
                    "COMMAND_ANSWER_INVALID",
                    "%s wrote something else than JSON to its standard output".formatted(program),
                    "Take it as text: answer: text.");
        }
    }

    private static String text(Exchange exchange, String property) {
        return exchange.getProperty(property, "", String.class);
    }

    /**
     * Maps exit codes to failures, one line each: {@code 3: skipped}. Others are transient.
     *
     * @param kinds failure kinds by code
     */
    record ExitCodes(Map<Integer, FailureKind> kinds) {
        static ExitCodes parse(String lines) {
            Map<Integer, FailureKind> kinds = new HashMap<>();
            for (String line : lines.lines()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList()) {
                if (!line.matches("\\d{1,3} *: *(skipped|transient|permanent)")) {
                    throw StepException.permanent(
                            "PARAMETER_INVALID",
                            "'%s' is no rule; it must be an exit code and skipped, transient or permanent"
                                    .formatted(line),
                            "Correct the parameter exitCodes of the step, such as 3: skipped.");
                }
                String[] parts = line.split(" *: *", 2);
                kinds.put(Integer.valueOf(parts[0]), FailureKind.valueOf(parts[1].toUpperCase(Locale.ROOT)));
            }
            return new ExitCodes(kinds);
        }

        FailureKind of(int code) {
            return kinds.getOrDefault(code, FailureKind.TRANSIENT);
        }
    }
}
