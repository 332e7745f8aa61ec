package dev.caravan.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The documentation page: Swagger UI from its webjar, with a page of our own that needs no inline script. */
final class Docs {
    private static final String PAGE = "index.html";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final List<String> OURS = List.of(PAGE, "docs.js", "docs.css");
    private static final List<String> OF_WEBJAR =
            List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "png", "image/png");

    private final Map<String, Buffer> read = new ConcurrentHashMap<>();

    void install(Router router) {
        router.get("/docs").order(Door.BEFORE_CONTRACT).handler(context -> send(context, PAGE));
        for (String name : OURS) {
            router.get("/docs/" + name).order(Door.BEFORE_CONTRACT).handler(context -> send(context, name));
        }
        for (String name : OF_WEBJAR) {
            router.get("/docs/" + name).order(Door.BEFORE_CONTRACT).handler(context -> send(context, name));
        }
    }

    private void send(RoutingContext context, String name) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .end(read.computeIfAbsent(name, Docs::bytes));
    }

    private static Buffer bytes(String name) {
        String resource = OURS.contains(name) ? "docs/" + name : webjar() + name;
        try (InputStream in = Docs.class.getClassLoader().getResourceAsStream(resource)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** The folder in the webjar carries the version. */
    private static String webjar() {
        String about = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
        try (InputStream in = Docs.class.getClassLoader().getResourceAsStream(about)) {
            Properties properties = new Properties();
            properties.load(in);
            return "META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(about + " cannot be read", e);
        }
    }
}
