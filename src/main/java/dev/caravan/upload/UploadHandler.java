package dev.caravan.upload;

import dev.caravan.http.EarlyAnswer;
import dev.caravan.http.HttpFeature;
import dev.caravan.http.ProblemException;
import dev.caravan.http.Problems;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Receives the bodies of uploads before Camel, which would read them into memory or would not know their parts. If the
 * header alone is a reason to refuse, no byte of the body is read.
 */
public final class UploadHandler implements HttpFeature {
    /** RFC 2046, section 5.1.1: 70 characters at most; this accepts all that a header can hold. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");

    private final UploadSettings settings;
    private final Path root;
    private final PendingUploads pendingUploads;
    private final ExecutorService disk;
    private final LongSupplier waitingJobs;
    private final UploadPlaces places;

    UploadHandler(
            UploadSettings settings,
            UploadPlaces places,
            Path root,
            PendingUploads pendingUploads,
            ExecutorService disk,
            LongSupplier waitingJobs) {
        this.places = places;
        this.settings = settings;
        this.root = root;
        this.pendingUploads = pendingUploads;
        this.disk = disk;
        this.waitingJobs = waitingJobs;
    }

    @Override
    public void install(Router router) {
        for (UploadOperation operation : UploadOperation.values()) {
            router.post(operation.path).order(BEFORE_OPERATION).handler(context -> receive(context, operation));
        }
    }

    private void receive(RoutingContext routing, UploadOperation operation) {
        try {
            Function<MultipartReader.Parts, UploadReceiver.Body> body = body(routing.request(), operation);
            long length = length(routing.request(), operation);
            Runnable release = places.take();
            UploadFolder folder =
                    new UploadFolder(root.resolve(UUID.randomUUID().toString()));
            UploadReceiver uploadReceiver = new UploadReceiver(
                    routing, operation, settings, folder, disk, body, release, received -> handOn(routing, received));
            routing.addEndHandler(end -> uploadReceiver.gone());
            routing.request().pause();
            Context loop = routing.vertx().getOrCreateContext();
            CompletableFuture.runAsync(() -> makeRoom(folder, length), disk)
                    .whenComplete((done, failure) -> loop.runOnContext(now -> {
                        if (failure == null) {
                            uploadReceiver.start();
                        } else {
                            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                            uploadReceiver.refuse(Problems.of(cause));
                        }
                    }));
        } catch (ProblemException refused) {
            EarlyAnswer.problem(routing, refused.problem());
        }
    }

    /** Chooses by the Content-Type how the body becomes parts. */
    private Function<MultipartReader.Parts, UploadReceiver.Body> body(
            HttpServerRequest request, UploadOperation operation) {
        String header = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String type = PartHeader.mediaType(header);
        if ("multipart/form-data".equals(type)) {
            String boundary = boundary(header);
            return parts -> new MultipartReader(boundary, parts);
        }
        boolean video = type != null && (type.startsWith("video/") || type.equals("application/octet-stream"));
        if (!operation.raw || !video) {
            throw UploadProblems.mediaType(operation);
        }
        return RawBody.of(request, type, settings);
    }

    /** @throws ProblemException {@code INVALID_BODY} if the Content-Type of a form names none */
    public static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw UploadProblems.malformed("its Content-Type names no boundary");
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private long length(HttpServerRequest request, UploadOperation operation) {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = header == null ? 0 : Long.parseLong(header.trim());
        boolean multipart =
                !operation.raw || request.getHeader(HttpHeaders.CONTENT_TYPE).startsWith("multipart/");
        long beside = multipart ? UploadSettings.MAX_SUBTITLES + UploadReceiver.FORM : 0;
        if (length > settings.maxSize() + beside) {
            throw UploadProblems.tooLarge(settings.maxSize());
        }
        return length;
    }

    private void makeRoom(UploadFolder folder, long length) {
        try {
            if (waitingJobs.getAsLong() >= settings.maxWaiting()) {
                throw UploadProblems.tooManyJobs();
            }
            if (Files.getFileStore(root).getUsableSpace() < length + settings.leastDisk()) {
                throw UploadProblems.diskFull();
            }
            folder.create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Passes the request to Camel. If its route does not take the upload, because the contract refuses it, it is
     * removed with the answer.
     */
    private void handOn(RoutingContext routing, ReceivedUpload received) {
        String id = pendingUploads.add(received);
        routing.addEndHandler(end -> received.over().complete(null));
        routing.addEndHandler(end -> pendingUploads.take(id).ifPresent(left -> disk.execute(left::close)));
        routing.request().headers().set(PendingUploads.HEADER, id);
        ((RoutingContextInternal) routing).visitHandler(RoutingContextInternal.BODY_HANDLER);
        routing.next();
    }
}
