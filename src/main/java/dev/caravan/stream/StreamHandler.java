package dev.caravan.stream;

import dev.caravan.asset.Assets;
import dev.caravan.http.HttpFeature;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.http.VertxAnswers;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Archived;
import dev.caravan.storage.Files;
import dev.caravan.storage.ObjectLinks;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Handles {@code GET} and {@code HEAD /api/stream/{video_id}}: sends a video's current file, or with {@code ?type=} another
 * of its files. Bytes go from S3 to the client as fast as the client takes them, and are never held here as a whole.
 */
public final class StreamHandler implements HttpFeature {
    private static final Set<String> METHODS = Set.of("GET");
    private static final String PATH = "/api/stream/:video_id";
    private static final String MODE = "caravan.stream.mode";
    /** Bytes that may wait for a slow client. */
    private static final int QUEUE = 512 * 1024;

    private final StreamFileResolver streamFileResolver;
    private final ObjectLinks objectLinks;
    private final Files files;
    private final UpstreamUrls upstreamUrls;
    private final Upstream upstream;
    private final boolean redirect;
    private final Duration expiration;

    /** @param url presigned */
    private record Found(StreamFile shown, String url) {}

    public StreamHandler(Settings settings, Assets assets, ObjectLinks objectLinks, Files files) {
        String mode = settings.text(MODE);
        if (!Set.of("proxy", "redirect").contains(mode)) {
            throw new InvalidSetting(MODE, mode, "it must be proxy or redirect");
        }
        this.streamFileResolver = new StreamFileResolver(assets);
        this.objectLinks = objectLinks;
        this.files = files;
        this.upstreamUrls = new UpstreamUrls(objectLinks);
        this.upstream = new Upstream(settings);
        this.redirect = mode.equals("redirect");
        this.expiration = settings.duration("caravan.s3.presigned-expiration");
    }

    @Override
    public void install(Router router) {
        router.route(PATH).order(BEFORE_CONTRACT).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            VertxAnswers.options(context, METHODS);
            return;
        } else if (!context.request().method().equals(HttpMethod.GET)) {
            VertxAnswers.wrongMethod(context, METHODS);
            return;
        }
        String id = context.pathParam("video_id");
        Optional<String> type = QueryString.parse(context.request().query()).find("type");
        boolean link = redirect && !VertxAnswers.withoutBody(context);
        context.vertx()
                .executeBlocking(() -> find(id, type, link), false)
                .onSuccess(found -> guarded(context, () -> answer(context, found)))
                .onFailure(context::fail);
    }

    /** Passes on exceptions of a callback, which Vert.x would only log. */
    private static void guarded(RoutingContext context, Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException e) {
            context.fail(e);
        }
    }

    private Found find(String id, Optional<String> type, boolean link) {
        StreamFile shown = streamFileResolver.find(id, type);
        if (link) {
            // A client of the link would get S3's own answer, which does not say how to continue.
            files.archived(shown.file()).map(StreamHandler::archived).ifPresent(problem -> {
                throw problem;
            });
        }
        return new Found(
                shown,
                redirect
                        ? objectLinks.link(
                                shown.file(), expiration, shown.contentType(), ContentDisposition.inline(shown.name()))
                        : upstreamUrls.of(shown.file()));
    }

    static ProblemException archived(Archived why) {
        return new ProblemException(ProblemCode.ARCHIVED, why.message(), why.advice());
    }

    private void answer(RoutingContext context, Found found) {
        StreamFile shown = found.shown();
        Preconditions conditions = new Preconditions(context.request().headers(), shown.tag(), shown.modified());
        switch (conditions.verdict()) {
            case FAILED ->
                throw new ProblemException(
                        ProblemCode.PRECONDITION_FAILED,
                        "The file is %s now, which the conditions of the request exclude".formatted(shown.tag()),
                        "Begin again without If-Match and If-Unmodified-Since.");
            case NOT_MODIFIED ->
                ResponseHead.validators(context.response(), shown)
                        .setStatusCode(304)
                        .end();
            case GO_ON -> send(context, found, conditions);
        }
    }

    private void send(RoutingContext context, Found found, Preconditions conditions) {
        StreamFile shown = found.shown();
        long size = shown.file().size();
        HttpServerResponse response = context.response();
        if (VertxAnswers.withoutBody(context)) {
            // Ranges are for GET alone: RFC 9110, 14.2.
            ResponseHead.whole(response, shown).end();
        } else if (redirect) {
            response.setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, found.url())
                    .end();
        } else if (size == 0) {
            ResponseHead.whole(response, shown).end();
        } else {
            ByteRange range = conditions.rangeCounts()
                    ? ByteRange.of(context.request().headers().getAll("Range"), size)
                    : ByteRange.WHOLE;
            if (range instanceof ByteRange.Unsatisfiable) {
                response.putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
                throw new ProblemException(
                        ProblemCode.RANGE_NOT_SATISFIABLE,
                        "The file has %d bytes".formatted(size),
                        "Ask for a range that begins before its end.");
            }
            upstream.get(context.vertx(), found.url(), shown, range)
                    .onSuccess(answer -> guarded(context, () -> {
                        context.addEndHandler(ended -> leave(answer, ended.succeeded()));
                        pass(answer, ResponseHead.of(response, shown, range));
                    }))
                    .onFailure(context::fail);
        }
    }

    private static void leave(HttpClientResponse from, boolean whole) {
        if (!whole) {
            from.request().reset();
        }
    }

    /** Passes the bytes. Whichever side ends first ends the other one. */
    private static void pass(HttpClientResponse from, HttpServerResponse to) {
        if (to.closed()) {
            from.request().reset();
            return;
        }
        to.setWriteQueueMaxSize(QUEUE);
        from.pipe().endOnFailure(false).to(to).onFailure(broken -> {
            from.request().reset();
            to.reset();
        });
    }
}
