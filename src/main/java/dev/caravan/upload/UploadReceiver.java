package dev.caravan.upload;

import dev.caravan.http.EarlyAnswer;
import dev.caravan.http.Problem;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one upload. All of it runs on the event loop of its connection; only files are written and removed elsewhere. It
 * ends in one of three ways: passed on, refused, or abandoned by its client; the last two leave no file.
 */
final class UploadReceiver implements Spool.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(UploadReceiver.class);
    /** Bytes that a body may have in addition to its files. */
    static final long FORM = 1 << 20;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final Context loop;
    private final Executor disk;
    private final UploadSettings settings;
    private final UploadFolder folder;
    private final Runnable release;
    private final UploadOperation operation;
    private final MultipartForm form;
    private final Body body;
    private final Consumer<ReceivedUpload> next;
    private State state = State.RECEIVING;
    private boolean paused;
    private long total;
    private long lastByteAt;
    private long timer;

    private enum State {
        RECEIVING,
        WRITING,
        OVER
    }

    /** Receives the bytes of the body. */
    interface Body {
        void feed(byte[] piece, int from, int length);

        void finish();
    }

    /**
     * @param body how the body becomes parts
     * @param release called once when the upload has ended
     * @param next takes the complete upload
     */
    UploadReceiver(
            RoutingContext routing,
            UploadOperation operation,
            UploadSettings settings,
            UploadFolder folder,
            Executor disk,
            Function<MultipartReader.Parts, Body> body,
            Runnable release,
            Consumer<ReceivedUpload> next) {
        this.routing = routing;
        this.request = routing.request();
        this.loop = routing.vertx().getOrCreateContext();
        this.operation = operation;
        this.settings = settings;
        this.folder = folder;
        this.disk = disk;
        this.form =
                new MultipartForm(operation, settings, part -> new Spool(folder.file(part), disk, this::onLoop, this));
        this.body = body.apply(form);
        this.release = release;
        this.next = next;
    }

    void start() {
        if (state != State.RECEIVING) {
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            routing.response().writeContinue();
        }
        lastByteAt = System.nanoTime();
        watch(settings.stall().toMillis());
        request.handler(this::piece).endHandler(end -> ended()).exceptionHandler(gone -> gone());
        request.resume();
    }

    /** Ends the upload: the client left, or another handler has answered. */
    void gone() {
        if (state != State.OVER) {
            over();
            cleanUp();
        }
    }

    void refuse(Problem problem) {
        if (state == State.OVER) {
            return;
        }
        over();
        request.handler(null);
        cleanUp().thenRun(() -> onLoop(() -> EarlyAnswer.problem(routing, problem)));
    }

    private void piece(Buffer piece) {
        lastByteAt = System.nanoTime();
        total += piece.length();
        attempt(() -> {
            if (total > settings.maxSize() + UploadSettings.MAX_SUBTITLES + FORM) {
                throw UploadProblems.tooLarge(settings.maxSize());
            }
            feed(piece.getByteBuf());
        });
        if (state == State.RECEIVING && form.crowded()) {
            paused = true;
            request.pause();
        }
    }

    /** Takes a piece. Vert.x made its buffer for this call alone, and on the heap, so it is not copied again. */
    private void feed(ByteBuf piece) {
        int length = piece.readableBytes();
        if (piece.hasArray()) {
            body.feed(piece.array(), piece.arrayOffset() + piece.readerIndex(), length);
        } else {
            body.feed(ByteBufUtil.getBytes(piece), 0, length);
        }
    }

    @Override
    public void written() {
        if (paused && state == State.RECEIVING && !form.crowded()) {
            paused = false;
            lastByteAt = System.nanoTime();
            request.resume();
        }
    }

    @Override
    public void failed(Throwable why) {
        if (state == State.OVER) {
            return;
        }
        if (String.valueOf(why.getMessage()).matches("(?s).*(No space left on device|Disk quota exceeded).*")) {
            refuse(UploadProblems.diskFull().problem());
        } else {
            LOG.error("an upload could not be written", why);
            refuse(Problem.of(
                    ProblemCode.INTERNAL_ERROR, "The upload could not be written here", "Look into the log."));
        }
    }

    private void ended() {
        if (state != State.RECEIVING) {
            return;
        }
        attempt(() -> {
            body.finish();
            form.complete();
            BurnOptions options = operation == UploadOperation.PROCESS_VIDEO ? BurnOptions.of(form.fields()) : null;
            state = State.WRITING;
            CompletableFuture.allOf(spools().map(Spool::end).toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> onLoop(() -> whole(options, failure)));
        });
    }

    private void whole(BurnOptions options, Throwable failure) {
        if (state == State.OVER) {
            return;
        }
        if (failure != null) {
            failed(failure);
            return;
        }
        over();
        Map<String, ReceivedUpload.ReceivedFile> files = new HashMap<>();
        form.files()
                .forEach((part, file) -> files.put(
                        part,
                        new ReceivedUpload.ReceivedFile(
                                file.spool().file(), file.label(), file.spool().size())));
        next.accept(new ReceivedUpload(
                RandomAssetId.next(),
                operation,
                files,
                options,
                form.subtitlesUrl(),
                new CompletableFuture<>(),
                folder,
                release));
    }

    private void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException refused) {
            refuse(refused.problem());
        } catch (MalformedBody malformed) {
            refuse(UploadProblems.malformed(malformed.getMessage()).problem());
        }
    }

    /** Ends an upload that sends nothing. While Caravan itself is behind, that is not the client's fault. */
    private void watch(long milliseconds) {
        timer = routing.vertx().setTimer(Math.max(1, milliseconds), fired -> {
            long left = settings.stall().toMillis() - (System.nanoTime() - lastByteAt) / 1_000_000;
            if (paused || left > 0) {
                watch(paused ? settings.stall().toMillis() : left);
            } else if (state == State.RECEIVING) {
                refuse(UploadProblems.stalled(settings.stall().toSeconds()).problem());
            }
        });
    }

    private void over() {
        state = State.OVER;
        routing.vertx().cancelTimer(timer);
    }

    private CompletableFuture<Void> cleanUp() {
        return CompletableFuture.allOf(spools().map(Spool::abandon).toArray(CompletableFuture[]::new))
                .handleAsync(
                        (closed, failure) -> {
                            folder.remove();
                            release.run();
                            return null;
                        },
                        disk);
    }

    private Stream<Spool> spools() {
        return form.files().values().stream().map(MultipartForm.Incoming::spool);
    }

    private void onLoop(Runnable task) {
        loop.runOnContext(now -> task.run());
    }
}
