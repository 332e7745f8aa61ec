package dev.caravan.local;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.scaladsl.ConnectionContext;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import scala.concurrent.Future;

/**
 * Lets through to ElasticMQ only requests signed with Caravan's keys. ElasticMQ accepts requests from every client: a form
 * on a web page could delete the queues. Its builder binds the port by itself and has no place for a filter, so this class
 * is registered in the actor system as the HTTP extension that the builder looks up.
 */
final class SignedQueuesOnly extends HttpExt {
    private static final long BODY_MILLIS = 30_000;
    private static final String REFUSED =
            """
            {"__type":"com.amazonaws.sqs#InvalidClientTokenId","message":"%s"}""";

    private final Signature signature;

    private SignedQueuesOnly(ExtendedActorSystem actors, Credentials credentials) {
        super(actors.settings().config().getConfig("pekko.http"), actors);
        this.signature = new Signature(credentials);
    }

    /** Replaces HTTP in an actor system in which no code has looked HTTP up yet. */
    static void install(ActorSystem actors, Credentials credentials) throws ReflectiveOperationException {
        Field extensions =
                Class.forName("org.apache.pekko.actor.ActorSystemImpl").getDeclaredField("extensions");
        extensions.setAccessible(true);
        @SuppressWarnings("unchecked")
        Map<Object, Object> registered = (Map<Object, Object>) extensions.get(actors);
        Object before =
                registered.putIfAbsent(Http.lookup(), new SignedQueuesOnly((ExtendedActorSystem) actors, credentials));
        if (before != null) {
            throw new IllegalStateException("HTTP is in this actor system already, as " + before);
        }
    }

    @Override
    public Future<Http.ServerBinding> bindAndHandleImpl(
            org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object> handler,
            String host,
            int port,
            ConnectionContext context,
            ServerSettings settings,
            LoggingAdapter log,
            Materializer materializer) {
        Flow<HttpRequest, HttpResponse, ?> guarded = Flow.<HttpRequest>create()
                .mapAsync(1, request -> request.toStrict(BODY_MILLIS, system())
                        .thenCompose(whole -> answer((HttpRequest) whole, handler, materializer)));
        @SuppressWarnings("unchecked")
        var flow = (org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object>) guarded.asScala();
        return super.bindAndHandleImpl(flow, host, port, context, settings, log, materializer);
    }

    private CompletionStage<HttpResponse> answer(
            HttpRequest request,
            org.apache.pekko.stream.scaladsl.Flow<HttpRequest, HttpResponse, Object> handler,
            Materializer materializer) {
        Optional<String> refusal = signature.refuses(signed(request));
        return refusal.isEmpty()
                ? Source.single(request).via(handler).runWith(Sink.head(), materializer)
                : Source.single(refused(refusal.get())).runWith(Sink.head(), materializer);
    }

    private static HttpResponse refused(String why) {
        return (HttpResponse) org.apache.pekko.http.javadsl.model.HttpResponse.create()
                .withStatus(403)
                .withEntity(ContentTypes.APPLICATION_JSON, REFUSED.formatted(why));
    }

    private static Signature.Signed signed(HttpRequest scala) {
        org.apache.pekko.http.javadsl.model.HttpRequest request = scala;
        return new Signature.Signed(
                request.method().value(),
                request.getUri().path(),
                request.getUri().rawQueryString().orElse(""),
                name -> header(request, name),
                ((org.apache.pekko.http.javadsl.model.HttpEntity.Strict) request.entity())
                        .getData()
                        .toArray());
    }

    /** Pekko moves the content type from the headers into the entity. */
    private static String header(org.apache.pekko.http.javadsl.model.HttpRequest request, String name) {
        if (name.equals("content-type")) {
            return request.entity().getContentType().toString();
        } else if (name.equals("content-length")) {
            return request.entity().getContentLengthOption().stream()
                    .mapToObj(Long::toString)
                    .findFirst()
                    .orElse(null);
        }
        String values = StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(header -> header.is(name))
                .map(HttpHeader::value)
                .collect(Collectors.joining(","));
        return values.isEmpty() ? null : values;
    }
}
