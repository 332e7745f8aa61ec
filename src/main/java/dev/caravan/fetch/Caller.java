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
 * Asks a URL, and where it redirects to. For each connection the guard names the addresses, and the socket is given the
 * address itself: Vert.x resolves nothing, and checks the certificate against the host of the URL. Connections are not kept,
 * no proxy is used, nothing is decompressed.
 */
final class Caller {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ADDRESSES = 3;
    /** To one address at once; each is a job of its own. */
    private static final int CONNECTIONS = 64;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Guard guard;
    private final HttpClient client;
    private final Vertx vertx;
    private final Duration patience;

    /** @param patience for the head of an answer */
    Caller(Guard guard, Vertx vertx, HttpClientOptions options, Duration patience) {
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
     * The first answer that is no redirect.
     *
     * @throws StepException {@code URL_REFUSED}, {@code URL_UNREACHABLE}, {@code URL_UNTRUSTED}, {@code URL_REDIRECTS}
     */
    Answer get(Target url, Map<String, String> headers, Deadline deadline, Recipient recipient) {
        Question question = Question.get(headers);
        Answer answer = ask(url, question, deadline, recipient);
        Target target = url;
        for (int redirects = 0; REDIRECTS.contains(answer.status()); redirects++) {
            answer.close();
            String location = answer.header("Location");
            if (location == null) {
                throw FetchFailures.redirects(target, "redirects, and does not say where to");
            } else if (redirects == MOST_REDIRECTS) {
                throw FetchFailures.redirects(url, "redirects more than %d times".formatted(MOST_REDIRECTS));
            }
            Target from = target;
            try {
                target = from.redirected(location);
                answer = ask(target, question, deadline, recipient);
            } catch (StepException e) {
                throw FetchFailures.behind(from, e);
            }
        }
        return answer;
    }

    /**
     * The first answer, whatever it is.
     *
     * @throws StepException {@code URL_REFUSED}, {@code URL_UNREACHABLE}, {@code URL_UNTRUSTED}
     */
    Answer ask(Target target, Question question, Deadline deadline, Recipient recipient) {
        List<InetAddress> addresses = guard.addresses(target);
        StepException last = null;
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            try {
                return answer(target, address, question, deadline, recipient);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof CalledOff calledOff) {
                    throw calledOff;
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

    private Answer answer(Target target, InetAddress address, Question question, Deadline deadline, Recipient recipient)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<Answer> waiting = new CompletableFuture<>();
        client.request(options(target, address, question))
                .compose(request -> sent(request, question, waiting))
                .onComplete(done -> {
                    if (done.failed()) {
                        waiting.completeExceptionally(done.cause());
                    } else if (!waiting.complete(done.result())) {
                        done.result().close();
                    }
                });
        try (Recipient.Registration off = recipient.onCallOff(() -> waiting.completeExceptionally(new CalledOff()))) {
            return waiting.get(deadline.millisLeft(CONNECT.plus(patience)), TimeUnit.MILLISECONDS);
        } finally {
            // Whoever answers after this is not heard any more.
            waiting.cancel(false);
        }
    }

    private Future<Answer> sent(HttpClientRequest request, Question question, CompletableFuture<Answer> waiting) {
        waiting.whenComplete((answer, thrown) -> {
            if (thrown != null) {
                request.reset();
            }
        });
        // Before anything is sent: an answer without a body may have ended before a later listener hears of it.
        Future<Answer> answer = request.response().map(Answer::new);
        return send(request, question).compose(response -> answer);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Question question) {
        if (question.file() != null) {
            return vertx.fileSystem()
                    .open(
                            question.file().toString(),
                            new OpenOptions().setWrite(false).setCreate(false))
                    .compose(request::send);
        }
        return question.body() == null ? request.send() : request.send(Buffer.buffer(question.body()));
    }

    private static RequestOptions options(Target target, InetAddress address, Question question) {
        RequestOptions options = new RequestOptions()
                .setMethod(question.method())
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
        question.headers().forEach(options::putHeader);
        return options;
    }

    private static String why(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
