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

/**
 * Fetches files by URL, under the guard, and continues after broken connections; and calls URLs that expect notifications.
 */
public final class Fetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    /** Connections that may break off during one fetch, as long as each brought some bytes. */
    private static final int BREAKS = 5;

    private static final Duration MAX_CALL = Duration.ofHours(1);

    private final FetchSettings settings;
    private final AddressGuard guard;
    private final HttpClientOptions options;
    private final Clock clock;
    private Vertx vertx;
    private RedirectingClient redirectingClient;

    /** Makes a fetcher, which opens nothing before its first fetch. */
    public static Fetcher of(Settings settings, Clock clock) {
        return new Fetcher(FetchSettings.from(settings), HostAddresses.SYSTEM, RedirectingClient.strict(), clock);
    }

    /**
     * Makes a fetcher for small files and slow senders: it waits for none longer than {@code timeout}, and until then
     * silence has no effect.
     */
    public static Fetcher of(Settings settings, Clock clock, long maxSize, Duration timeout) {
        FetchSettings bounded = FetchSettings.from(settings).bounded(maxSize, timeout, timeout);
        return new Fetcher(bounded, HostAddresses.SYSTEM, RedirectingClient.strict(), clock);
    }

    /**
     * Makes a fetcher for calls of services, which also allows {@code caravan.call.allow}; each call has its own time
     * limit.
     */
    public static Fetcher ofCalls(Settings settings, Clock clock) {
        FetchSettings open = FetchSettings.ofCalls(settings);
        return new Fetcher(
                open.bounded(open.maxSize(), MAX_CALL, MAX_CALL),
                HostAddresses.SYSTEM,
                RedirectingClient.strict(),
                clock);
    }

    Fetcher(FetchSettings settings, HostAddresses hostAddresses, HttpClientOptions options, Clock clock) {
        this.settings = settings;
        this.guard = new AddressGuard(hostAddresses, settings.allowedHosts(), settings.allowedBlocks());
        this.options = options;
        this.clock = clock;
    }

    /**
     * Reads the file into {@code into}, which must not exist. The bytes received before a failure stay beside it, and the
     * next fetch into the same place continues there if the server still has the same file.
     *
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient cancelled it
     */
    public Fetched fetch(FetchTarget url, Path into, DownloadListener downloadListener) {
        return fetch(url, into, downloadListener, settings.timeout());
    }

    /** Fetches in the same way, in less time. */
    public Fetched fetch(FetchTarget url, Path into, DownloadListener downloadListener, Duration within) {
        Deadline deadline = Deadline.in(within);
        PartFile part = new PartFile(into);
        Download download = new Download(caller(), settings, url, part, deadline, downloadListener, clock);
        try {
            return insist(download, part.opened(), url, deadline);
        } catch (DownloadCancelled e) {
            throw StepException.fenced("The fetch was ended because the job was cancelled or given back");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a body, under the same guard. Redirects are not followed: only the server that the URL names gets it.
     *
     * @param within limit for the whole call
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient cancelled it
     */
    public CallResponse post(
            FetchTarget url,
            Map<String, String> headers,
            byte[] body,
            Duration within,
            DownloadListener downloadListener) {
        try (FetchResponse answer =
                caller().ask(url, FetchRequest.post(headers, body), Deadline.in(within), downloadListener)) {
            return new CallResponse(answer.status(), FetchFailures.retryAfter(answer.header("Retry-After"), clock));
        } catch (DownloadCancelled e) {
            throw StepException.fenced("The call was ended because the job was cancelled or given back");
        }
    }

    /**
     * Calls a service, under the same guard, and reads its answer. Redirects are not followed.
     *
     * @param within limit for the whole call
     * @throws StepException with a code that begins with {@code URL_}; fenced when the recipient cancelled it
     * @throws IOException when the answer cannot be written
     */
    public Response call(Request request, AnswerBody into, Duration within, DownloadListener downloadListener)
            throws IOException {
        Deadline deadline = Deadline.in(within);
        FetchRequest fetchRequest = new FetchRequest(
                HttpMethod.valueOf(request.method()), request.headers(), request.body(), request.file());
        try (FetchResponse answer = caller().ask(request.url(), fetchRequest, deadline, downloadListener);
                DownloadListener.Registration off = downloadListener.onCallOff(answer::callOff)) {
            boolean kept = read(answer, into, deadline);
            return new Response(
                    answer.status(),
                    answer.header("Content-Type"),
                    FetchFailures.retryAfter(answer.header("Retry-After"), clock),
                    kept);
        } catch (ConnectionBroken e) {
            throw FetchFailures.broken(request.url(), 0, e);
        } catch (DownloadCancelled e) {
            throw StepException.fenced("The call was ended because the job was cancelled or given back");
        }
    }

    /** @return false if the answer is longer than the limit */
    private boolean read(FetchResponse answer, AnswerBody into, Deadline deadline) throws IOException {
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
     * @param file sent instead of a body, with its length among the headers; null for none
     */
    public record Request(String method, FetchTarget url, Map<String, String> headers, byte[] body, Path file) {}

    /**
     * The destination of an answer.
     *
     * @param most bytes that are accepted
     */
    public record AnswerBody(OutputStream stream, long most) {}

    /**
     * @param contentType as sent, or null
     * @param retryAfter the wait that the answer asks for, or null
     * @param whole false if the answer was longer than the limit
     */
    public record Response(int status, String contentType, Duration retryAfter, boolean whole) {}

    /**
     * Refuses a URL that every fetch would refuse; no name is resolved for that.
     *
     * @throws StepException permanent {@code URL_REFUSED}
     */
    public void check(FetchTarget url) {
        if (AddressLiteral.of(url.host()).isPresent()) {
            guard.addresses(url);
        }
    }

    /** Returns the time limit of one fetch. */
    public Duration timeout() {
        return settings.timeout();
    }

    private Fetched insist(Download download, PartFile part, FetchTarget url, Deadline deadline) throws IOException {
        for (int breaks = 1; ; breaks++) {
            long before = part.size();
            try {
                return download.run();
            } catch (ConnectionBroken e) {
                if (deadline.passed()) {
                    throw FetchFailures.tooSlow(url, settings.timeout());
                } else if (breaks > BREAKS || part.size() <= before) {
                    throw FetchFailures.broken(url, part.size(), e);
                }
                LOG.info("{} stopped after {} bytes ({}); asking for the rest", url, part.size(), e.getMessage());
            } catch (StepException e) {
                // Too little time was left for another connection: the cause is the time, whatever the connection
                // reports.
                throw breaks > 1 && deadline.passed() ? FetchFailures.tooSlow(url, settings.timeout()) : e;
            }
        }
    }

    private synchronized RedirectingClient caller() {
        if (redirectingClient == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(1)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            redirectingClient = new RedirectingClient(guard, vertx, options, settings.stall());
        }
        return redirectingClient;
    }

    @Override
    public synchronized void close() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            vertx = null;
            redirectingClient = null;
        }
    }
}
