package dev.caravan.fetch;

import dev.caravan.failure.StepException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests a URL, and follows its redirects. For each connection the guard returns the addresses, and the socket gets the
 * address itself: Vert.x resolves nothing, and checks the certificate against the host of the URL. Connections are not
 * kept, no proxy is used, nothing is decompressed.
 */
final class RedirectingClient {
    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_ADDRESSES = 3;
    /** Connections to one address at the same time; each is a job of its own. */
    private static final int CONNECTIONS = 64;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final AddressGuard guard;
    private final HttpClient client;
    private final Vertx vertx;
    private final Duration patience;

    /** @param patience for the head of an answer */
    RedirectingClient(AddressGuard guard, Vertx vertx, HttpClientOptions options, Duration patience) {
        this.guard = guard;
        this.patience = patience;
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions(options)
                .setKeepAlive(false)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSslHandshakeTimeout(CONNECT.toSeconds())
                .setMaxInitialLineLength(HEAD_BYTES)
                .setMaxHeaderSize(HEAD_BYTES)
                .setMaxChunkSize(PIECE)
                .setDecompressionSupported(false)
                .setMaxPoolSize(CONNECTIONS));
    }

    static HttpClientOptions strict() {
        return new HttpClientOptions().setVerifyHost(true).setTrustAll(false);
    }

    /**
     * Returns the first answer that is not a redirect.
     *
     * @throws StepException {@code URL_REFUSED}, {@code URL_UNREACHABLE}, {@code URL_UNTRUSTED}, {@code URL_REDIRECTS}
     */
    FetchResponse get(
            FetchTarget url, Map<String, String> headers, Deadline deadline, DownloadListener downloadListener) {
        FetchRequest fetchRequest = FetchRequest.get(headers);
        FetchResponse answer = ask(url, fetchRequest, deadline, downloadListener);
        FetchTarget target = url;
        for (int redirects = 0; REDIRECTS.contains(answer.status()); redirects++) {
            answer.close();
            String location = answer.header("Location");
            if (location == null) {
                throw FetchFailures.redirects(target, "redirects, and does not say where to");
            } else if (redirects == MAX_REDIRECTS) {
                throw FetchFailures.redirects(url, "redirects more than %d times".formatted(MAX_REDIRECTS));
            }
            FetchTarget from = target;
            try {
                target = from.redirected(location);
                answer = ask(target, fetchRequest, deadline, downloadListener);
            } catch (StepException e) {
                throw FetchFailures.behind(from, e);
            }
        }
        return answer;
    }

    /**
     * Returns the first answer, also a redirect.
     *
     * @throws StepException {@code URL_REFUSED}, {@code URL_UNREACHABLE}, {@code URL_UNTRUSTED}
     */
    FetchResponse ask(
            FetchTarget target, FetchRequest fetchRequest, Deadline deadline, DownloadListener downloadListener) {
        List<InetAddress> addresses = guard.addresses(target);
        StepException last = null;
        for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
            try {
                return answer(target, address, fetchRequest, deadline, downloadListener);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof DownloadCancelled downloadCancelled) {
                    throw downloadCancelled;
                }
                last = FetchFailures.unreachable(target, why(cause), cause);
            } catch (TimeoutException e) {
                last = FetchFailures.unreachable(target, "it does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw FetchFailures.unreachable(target, "the thread was interrupted", e);
            }
        }
        throw last;
    }

    private FetchResponse answer(
            FetchTarget target,
            InetAddress address,
            FetchRequest fetchRequest,
            Deadline deadline,
            DownloadListener downloadListener)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<FetchResponse> waiting = new CompletableFuture<>();
        client.request(options(target, address, fetchRequest))
                .compose(request -> sent(request, fetchRequest, waiting))
                .onComplete(done -> {
                    if (done.failed()) {
                        waiting.completeExceptionally(done.cause());
                    } else if (!waiting.complete(done.result())) {
                        done.result().close();
                    }
                });
        try (DownloadListener.Registration off =
                downloadListener.onCallOff(() -> waiting.completeExceptionally(new DownloadCancelled()))) {
            return waiting.get(deadline.millisLeft(CONNECT.plus(patience)), TimeUnit.MILLISECONDS);
        } finally {
            // Later answers are ignored.
            waiting.cancel(false);
        }
    }

    private Future<FetchResponse> sent(
            HttpClientRequest request, FetchRequest fetchRequest, CompletableFuture<FetchResponse> waiting) {
        waiting.whenComplete((answer, thrown) -> {
            if (thrown != null) {
                request.reset();
            }
        });
        // Set before anything is sent: an answer without a body may have ended before a later listener is called.
        Future<FetchResponse> answer = request.response().map(FetchResponse::new);
        return send(request, fetchRequest).compose(response -> answer);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, FetchRequest fetchRequest) {
        if (fetchRequest.file() != null) {
            return vertx.fileSystem()
                    .open(
                            fetchRequest.file().toString(),
                            new OpenOptions().setWrite(false).setCreate(false))
                    .compose(request::send);
        }
        return fetchRequest.body() == null ? request.send() : request.send(Buffer.buffer(fetchRequest.body()));
    }

    private static RequestOptions options(FetchTarget target, InetAddress address, FetchRequest fetchRequest) {
        RequestOptions options = new RequestOptions()
                .setMethod(fetchRequest.method())
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setURI(target.path())
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT.toMillis())
                .putHeader("User-Agent", "Caravan")
                .putHeader("Accept", "*/*")
                .putHeader("Accept-Encoding", "identity");
        fetchRequest.headers().forEach(options::putHeader);
        return options;
    }

    private static String why(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
