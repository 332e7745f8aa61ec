package dev.caravan.fetch;

import dev.caravan.failure.StepException;
import dev.caravan.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches files by URL, under the guard, and goes on where a connection broke off; and calls URLs that want to be told. */
public final class Fetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    /** Connections that may break off in one go, as long as each brought something. */
    private static final int BREAKS = 5;

    private static final Duration LONGEST_CALL = Duration.ofHours(1);

    private final FetchSettings settings;
    private final Guard guard;
    private final HttpClientOptions options;
    private final Clock clock;
    private Vertx vertx;
    private Caller caller;

    /** Nothing is opened before the first fetch. */
    public static Fetcher of(Settings settings, Clock clock) {
        return new Fetcher(FetchSettings.from(settings), Names.SYSTEM, Caller.strict(), clock);
    }

    /**
     * The same, for small files and for senders that take their time: none is waited for longer than {@code timeout}, and
     * until then silence means nothing.
     */
    public static Fetcher of(Settings settings, Clock clock, long maxSize, Duration timeout) {
        FetchSettings bounded = FetchSettings.from(settings).bounded(maxSize, timeout, timeout);
        return new Fetcher(bounded, Names.SYSTEM, Caller.strict(), clock);
    }

    /** For calls of services, which have {@code caravan.call.allow} besides; each call has its own time. */
    public static Fetcher ofCalls(Settings settings, Clock clock) {
        FetchSettings open = FetchSettings.ofCalls(settings);
        return new Fetcher(
                open.bounded(open.maxSize(), LONGEST_CALL, LONGEST_CALL), Names.SYSTEM, Caller.strict(), clock);
    }

    Fetcher(FetchSettings settings, Names names, HttpClientOptions options, Clock clock) {
        this.settings = settings;
        this.guard = new Guard(names, settings.allowedHosts(), settings.allowedBlocks());
        this.options = options;
        this.clock = clock;
    }

    /**
     * Reads the file into {@code into}, which must not be there. What came before a failure stays beside it, and the next
     * fetch into the same place goes on there if the server still has the same file.
     *
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient called it off
     */
    public Fetched fetch(Target url, Path into, Recipient recipient) {
        return fetch(url, into, recipient, settings.timeout());
    }

    /** The same, in less time. */
    public Fetched fetch(Target url, Path into, Recipient recipient, Duration within) {
        Deadline deadline = Deadline.in(within);
        PartFile part = new PartFile(into);
        Download download = new Download(caller(), settings, url, part, deadline, recipient, clock);
        try {
            return insist(download, part.opened(), url, deadline);
        } catch (CalledOff e) {
            throw StepException.fenced("The fetch was ended because the job was cancelled or given back");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a body, under the same guard. Redirects are not followed: who is told something is whoever the URL names.
     *
     * @param within for all of it
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient called it off
     */
    public Reply post(Target url, Map<String, String> headers, byte[] body, Duration within, Recipient recipient) {
        try (Answer answer = caller().ask(url, Question.post(headers, body), Deadline.in(within), recipient)) {
            return new Reply(answer.status(), FetchFailures.retryAfter(answer.header("Retry-After"), clock));
        } catch (CalledOff e) {
            throw StepException.fenced("The call was ended because the job was cancelled or given back");
        }
    }

    /**
     * Asks a service, under the same guard, and reads its answer. Redirects are not followed.
     *
     * @param within for all of it
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient called it off
     * @throws IOException when the answer cannot be kept
     */
    public Response call(Request request, AnswerBody into, Duration within, Recipient recipient) throws IOException {
        Deadline deadline = Deadline.in(within);
        Question question =
                new Question(HttpMethod.valueOf(request.method()), request.headers(), request.body(), request.file());
        try (Answer answer = caller().ask(request.url(), question, deadline, recipient);
                Recipient.Registration off = recipient.onCallOff(answer::callOff)) {
            boolean kept = read(answer, into, deadline);
            return new Response(
                    answer.status(),
                    answer.header("Content-Type"),
                    FetchFailures.retryAfter(answer.header("Retry-After"), clock),
                    kept);
        } catch (BrokenOff e) {
            throw FetchFailures.broken(request.url(), 0, e);
        } catch (CalledOff e) {
            throw StepException.fenced("The call was ended because the job was cancelled or given back");
        }
    }

    /** @return false where the answer is longer than is taken */
    private boolean read(Answer answer, AnswerBody into, Deadline deadline) throws IOException {
        long size = 0;
        for (byte[] piece; (piece = answer.next(deadline.millisLeft(settings.stall()))) != null; ) {
            size += piece.length;
            if (size > into.most()) {
                return false;
            }
            into.stream().write(piece);
        }
        return true;
    }

    /**
     * A request to a service.
     *
     * @param body null for none
     * @param file that is sent in its place, with its length among the headers; null for none
     */
    public record Request(String method, Target url, Map<String, String> headers, byte[] body, Path file) {}

    /**
     * Where an answer goes.
     *
     * @param most bytes that are taken
     */
    public record AnswerBody(OutputStream stream, long most) {}

    /**
     * @param contentType as it was sent, or null
     * @param retryAfter the wait that was asked for, or null
     * @param whole false where the answer was longer than is taken
     */
    public record Response(int status, String contentType, Duration retryAfter, boolean whole) {}

    /**
     * Refuses what will be refused whenever it is fetched; no name is resolved for that.
     *
     * @throws StepException permanent {@code URL_REFUSED}
     */
    public void check(Target url) {
        if (Literal.of(url.host()).isPresent()) {
            guard.addresses(url);
        }
    }

    /** The time that one fetch may take. */
    public Duration timeout() {
        return settings.timeout();
    }

    private Fetched insist(Download download, PartFile part, Target url, Deadline deadline) throws IOException {
        for (int breaks = 1; ; breaks++) {
            long before = part.size();
            try {
                return download.run();
            } catch (BrokenOff e) {
                if (deadline.passed()) {
                    throw FetchFailures.tooSlow(url, settings.timeout());
                } else if (breaks > BREAKS || part.size() <= before) {
                    throw FetchFailures.broken(url, part.size(), e);
                }
                LOG.info("{} stopped after {} bytes ({}); asking for the rest", url, part.size(), e.getMessage());
            } catch (StepException e) {
                // Too little time was left for another connection: what ran out is the time, whatever the connection
                // says.
                throw breaks > 1 && deadline.passed() ? FetchFailures.tooSlow(url, settings.timeout()) : e;
            }
        }
    }

    private synchronized Caller caller() {
        if (caller == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            caller = new Caller(guard, vertx, options, settings.stall());
        }
        return caller;
    }

    @Override
    public synchronized void close() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            vertx = null;
            caller = null;
        }
    }
}
