package dev.caravan.http;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.CompletionException;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * Runs the server from which Camel's {@code platform-http} takes requests. Camel's own server listens before handlers can
 * be added before its routes, continues silently when it cannot listen at all, and has no options.
 */
final class HttpServer extends VertxPlatformHttpServer {
    /** Largest piece of a body, in bytes: small pieces halve the speed of uploads. */
    private static final int MAX_PIECE = 1 << 16;

    private final RequestPipeline door;
    private final ConnectionTimeouts.Limits patience;
    private io.vertx.core.http.HttpServer listening;

    HttpServer(Settings settings, RequestPipeline door) {
        super(configuration(settings));
        this.door = door;
        this.patience = new ConnectionTimeouts.Limits(
                settings.duration("caravan.http.idle"), settings.duration("caravan.http.head-timeout"));
    }

    private static VertxPlatformHttpServerConfiguration configuration(Settings settings) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(settings.text("caravan.http.host"));
        configuration.setBindPort(settings.number("caravan.http.port"));
        return configuration;
    }

    @Override
    protected void startServer() {
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort());
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(getCamelContext(), name);
        door.install(router);
        // Vert.x sends a body after HEAD over HTTP/2.
        HttpServerOptions options =
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setMaxChunkSize(MAX_PIECE);
        try {
            listening = await(getVertx()
                    .createHttpServer(options)
                    .connectionHandler(connection -> prepare(connection, options))
                    .requestHandler(router)
                    .invalidRequestHandler(UnreadableRequest::refuse)
                    .listen(getConfigurationPort(), getHost()));
        } catch (CompletionException e) {
            throw new InvalidSetting(
                    "caravan.http.port",
                    String.valueOf(getConfigurationPort()),
                    "cannot listen on %s: %s. Set HOST and PORT to an address that is free here."
                            .formatted(getHost(), e.getCause().getMessage()));
        }
    }

    /** Prepares a connection before the first byte is read. */
    private void prepare(HttpConnection connection, HttpServerOptions options) {
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .replace(StrictDecoder.NAME, StrictDecoder.NAME, new StrictDecoder(options));
        ConnectionTimeouts.watch(connection, patience);
    }

    @Override
    public io.vertx.core.http.HttpServer getServer() {
        return listening;
    }

    @Override
    public int getPort() {
        return listening == null ? getConfigurationPort() : listening.actualPort();
    }

    @Override
    protected void stopServer() {
        getCamelContext().removeComponent(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME);
        if (listening != null) {
            await(listening.close());
        }
    }

    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            await(getVertx().close());
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
