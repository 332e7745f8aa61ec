package dev.caravan.http;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;

/**
 * The server that Camel's {@code platform-http} takes requests from. Camel would start one of its own that listens before
 * anything can be put in front of its routes, and goes on in silence when it cannot listen at all.
 */
final class HttpServer extends VertxPlatformHttpServer {
    private final FrontDoor door;

    HttpServer(Settings settings, FrontDoor door) {
        super(configuration(settings));
        this.door = door;
    }

    private static VertxPlatformHttpServerConfiguration configuration(Settings settings) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(settings.text("caravan.http.host"));
        configuration.setBindPort(settings.number("caravan.http.port"));
        return configuration;
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(getConfigurationPort());
        door.install(VertxPlatformHttpRouter.lookup(getCamelContext(), name));
    }

    @Override
    protected void startServer() throws Exception {
        super.startServer();
        if (getServer().actualPort() <= 0) {
            throw new InvalidSetting(
                    "caravan.http.port",
                    String.valueOf(getConfigurationPort()),
                    "cannot listen on " + getHost() + ". Set HOST and PORT to an address that is free here.");
        }
    }
}
