package dev.caravan.httpcall;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.DownloadListener;
import dev.caravan.fetch.FetchTarget;
import dev.caravan.fetch.Fetcher;
import dev.caravan.json.Json;
import dev.caravan.media.Options;
import dev.caravan.media.StoredOutput;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.ObjectLinks;
import dev.caravan.work.StepContext;
import dev.caravan.work.StepValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The bean {@code callHttp} of the Kamelet call-http-action: calls a service. In a step it knows the job; in a route of a
 * hook it does not.
 */
public final class HttpCall {
    static final String OPTIONS = "call.options";
    static final String HEADERS = "call.headers";
    static final String BODY = "call.body";
    static final String VALUES = "call.values";
    static final String STATUSES = "call.statuses";

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> SENT = List.of("json", "file", "nothing");
    private static final List<String> ANSWERS = List.of("json", "text", "file", "nothing");
    /** A variable of a step has at most 64 KiB; part of it surrounds the answer. */
    private static final long MAX_IN_VARIABLE = 60_000;

    private static final int SHOWN = 300;

    private final Fetcher fetcher;
    private final Settings settings;
    private final ObjectLinks objectLinks;
    private final Files files;

    HttpCall(Fetcher fetcher, Settings settings, ObjectLinks objectLinks, Files files) {
        this.fetcher = fetcher;
        this.settings = settings;
        this.objectLinks = objectLinks;
        this.files = files;
    }

    /**
     * Calls, and leaves the answer as a variable or as a file.
     *
     * @throws StepException {@code HTTP_REFUSED}, {@code HTTP_BUSY}, {@code HTTP_SKIPPED} by the status of the answer;
     *     permanent {@code HTTP_ANSWER_INVALID}, {@code HTTP_ANSWER_TOO_LARGE}; and those of the guard
     */
    public void call(Exchange exchange) {
        StepContext step = exchange.getProperty(StepContext.PROPERTY, StepContext.class);
        Options options = step == null
                ? Options.parse(exchange.getProperty(OPTIONS, String.class))
                : Options.of(exchange, OPTIONS);
        Duration within = Settings.toDuration(options.matching("timeLimit", "\\d+(ms|s|m|h)?", "a time such as 60s"));
        CallValues values = new CallValues(
                exchange,
                StepValues.parse(text(exchange, VALUES)),
                settings,
                objectLinks,
                within.plus(settings.duration("caravan.s3.presigned-expiration")));
        FetchTarget url = FetchTarget.of(TextTemplate.url(options.text("url"), values::find));
        Fetcher.Request request = request(exchange, step, options, values, url);
        StatusRules rules = StatusRules.parse(text(exchange, STATUSES));
        if (step != null) {
            step.timeLimit(within);
        }
        try {
            new Received(exchange, step, options).take(request, rules, within);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (step != null) {
                step.timeLimitOver();
            }
        }
    }

    private Fetcher.Request request(
            Exchange exchange, StepContext step, Options options, CallValues values, FetchTarget url) {
        String method = options.oneOf("method", METHODS);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line :
                text(exchange, HEADERS).lines().filter(text -> !text.isBlank()).toList()) {
            String[] parts = TextTemplate.header(line, values::find).split(":", 2);
            headers.put(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
        }
        if (!method.equals("GET") && step != null) {
            headers.putIfAbsent("Idempotency-Key", key(exchange, step, options, values));
        }
        return switch (options.oneOf("send", SENT)) {
            case "file" -> {
                MediaFile file = exchange.getMessage().getBody(MediaFile.class);
                Path local = files.fetch(file, step.workspace());
                headers.putIfAbsent(
                        "Content-Type", file.contentType() == null ? "application/octet-stream" : file.contentType());
                headers.put("Content-Length", Long.toString(file.size()));
                yield new Fetcher.Request(method, url, headers, null, local);
            }
            case "json" -> {
                headers.putIfAbsent("Content-Type", "application/json");
                byte[] body = body(exchange, values).getBytes(StandardCharsets.UTF_8);
                yield new Fetcher.Request(method, url, headers, method.equals("GET") ? null : body, null);
            }
            default -> new Fetcher.Request(method, url, headers, null, null);
        };
    }

    /** Returns the step's body; else the text that a route of a hook received, or the facts of the job. */
    private static String body(Exchange exchange, CallValues values) {
        String template = text(exchange, BODY).strip();
        if (!template.isEmpty()) {
            return TextTemplate.json(template, values::find);
        } else if (exchange.getMessage().getBody() instanceof String given) {
            return given;
        }
        return TextTemplate.json(
                "{\"asset_id\":\"{asset_id}\",\"job_id\":\"{job_id}\",\"step\":\"{step}\",\"filename\":\"{filename}\"}",
                values::find);
    }

    /** Returns the same key for each attempt of a call, so that a service that knows the header does its work once. */
    private static String key(Exchange exchange, StepContext step, Options options, CallValues values) {
        String what = String.join(
                "\n",
                step.jobId(),
                step.step(),
                TextTemplate.url(options.text("url"), values::lasting),
                TextTemplate.json(text(exchange, BODY), values::lasting));
        return DigestUtils.sha256Hex(what).substring(0, 32);
    }

    private static String text(Exchange exchange, String property) {
        return exchange.getProperty(property, "", String.class);
    }

    /** Receives the answer into a variable or a file. */
    private final class Received {
        private final Exchange exchange;
        private final StepContext step;
        private final Options options;
        private final String kind;

        private Received(Exchange exchange, StepContext step, Options options) {
            this.exchange = exchange;
            this.step = step;
            this.options = options;
            this.kind = options.oneOf("answer", ANSWERS);
        }

        private void take(Fetcher.Request request, StatusRules rules, Duration within) throws IOException {
            if (kind.equals("file")) {
                Path local = step.workspace().resolve("answer-" + step.step());
                java.nio.file.Files.deleteIfExists(local);
                try (OutputStream out = java.nio.file.Files.newOutputStream(local)) {
                    ask(request, rules, within, out, settings.bytes("caravan.import.max-size"));
                }
                exchange.setVariable(options.text("variable"), stored(local));
                return;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Fetcher.Response response = ask(request, rules, within, out, MAX_IN_VARIABLE);
            if (!kind.equals("nothing")) {
                exchange.setVariable(
                        options.text("variable"), read(request.url(), response, out.toString(StandardCharsets.UTF_8)));
            }
        }

        private Map<String, Object> stored(Path local) {
            return StoredOutput.store(
                    files,
                    exchange,
                    local,
                    options.oneOf("format", StoredOutput.FORMATS),
                    options.matching("type", "([a-z][a-z0-9-]{0,63})?", "a type of derivative, or empty"));
        }

        private Object read(FetchTarget url, Fetcher.Response response, String text) {
            if (kind.equals("text") || response.status() == 204 || text.isBlank()) {
                return text;
            }
            try {
                return Json.MAPPER.readValue(text, Object.class);
            } catch (IOException e) {
                throw StepException.permanent(
                        "HTTP_ANSWER_INVALID",
                        "%s answered %d with a body that is no JSON".formatted(url, response.status()),
                        "Take the answer as text or as a file: answer: text.");
            }
        }

        private Fetcher.Response ask(
                Fetcher.Request request, StatusRules rules, Duration within, OutputStream out, long most)
                throws IOException {
            Fetcher.Response response = fetcher.call(
                    request,
                    new Fetcher.AnswerBody(out, most),
                    within,
                    step == null ? DownloadListener.PATIENT : listening(step));
            if (rules.of(response.status()).isPresent()) {
                throw failure(
                        request.url(), response, rules.of(response.status()).get(), out);
            } else if (!response.whole() && !kind.equals("nothing")) {
                throw StepException.permanent(
                        "HTTP_ANSWER_TOO_LARGE",
                        "%s answered with more than %d bytes".formatted(request.url(), most),
                        "Take the answer as a file: answer: file.");
            }
            return response;
        }

        private StepException failure(
                FetchTarget url, Fetcher.Response response, FailureKind kindOf, OutputStream out) {
            String said = "%s answered %d%s".formatted(url, response.status(), shown(out));
            String code =
                    switch (kindOf) {
                        case TRANSIENT -> "HTTP_BUSY";
                        case SKIPPED -> "HTTP_SKIPPED";
                        default -> "HTTP_REFUSED";
                    };
            String advice = kindOf == FailureKind.TRANSIENT
                    ? "It is called again by itself; if that does not help, look at the log of that service."
                    : "Correct the call in the pipeline, or the job's parameters.";
            return new StepException(new Failure(code, kindOf, null, said, advice, null), response.retryAfter(), null);
        }

        /** Returns the beginning of an answer if it is text. */
        private static String shown(OutputStream out) {
            String text = out instanceof ByteArrayOutputStream bytes
                    ? bytes.toString(StandardCharsets.UTF_8)
                            .replaceAll("\\p{Cntrl}+", " ")
                            .strip()
                    : "";
            return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(SHOWN, text.length()));
        }
    }

    private static DownloadListener listening(StepContext step) {
        return new DownloadListener() {
            @Override
            public void received(long bytes, long total) {
                // It is unknown how long the service continues to work.
            }

            @Override
            public Registration onCallOff(Runnable stop) {
                StepContext.Registration registration = step.onAbort(stop);
                return registration::close;
            }
        };
    }
}
