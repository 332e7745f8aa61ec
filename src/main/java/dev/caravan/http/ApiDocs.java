package dev.caravan.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the documentation pages: Swagger UI and Redoc from their webjars, with Caravan's own pages that need no inline
 * script; and the second document that they show, which describes the answers outside of the contract.
 */
final class ApiDocs {
    static final String STREAMS = "docs/caravan-streams.openapi.yaml";

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    /** Redoc fills its style sheets by script and inserts them empty; the second hash is that of its scroll bar's styles. */
    private static final String POLICY_OF_REDOC = POLICY.replace(
            "style-src 'self'",
            "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
                    + " 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='");

    private static final int FOUND = 302;
    private static final String SWAGGER_UI = "swagger-ui";
    private static final String REDOC = "redoc";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "png", "image/png",
            "json", Answers.JSON,
            "yaml", "application/yaml");

    private final Map<String, Buffer> read = new ConcurrentHashMap<>();

    void install(Router router) {
        serve(router, "/docs", "docs/index.html", POLICY);
        serve(router, "/docs/docs.js", "docs/docs.js", POLICY);
        serve(router, "/docs/docs.css", "docs/docs.css", POLICY);
        for (String name : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
            serve(router, "/docs/" + name, webjar(SWAGGER_UI) + name, POLICY);
        }
        serve(router, "/redoc", "docs/redoc.html", POLICY_OF_REDOC);
        serve(router, "/redoc/redoc.standalone.js", webjar(REDOC) + "redoc.standalone.js", POLICY);
        serve(router, "/openapi.yaml", Contract.RESOURCE, POLICY);
        router.get("/").order(HttpFeature.BEFORE_CONTRACT).handler(context -> context.response()
                .setStatusCode(FOUND)
                .putHeader(HttpHeaders.LOCATION, "/docs")
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end("This is Caravan. /docs shows what it takes, /api/health how it is.\n"));
        JsonNode streams = Contract.read(STREAMS);
        router.get("/openapi-streams.json")
                .order(HttpFeature.BEFORE_CONTRACT)
                .handler(context -> send(context, "json", Buffer.buffer(streams.toString()), POLICY));
    }

    private void serve(Router router, String path, String resource, String policy) {
        String extension = resource.substring(resource.lastIndexOf('.') + 1);
        router.get(path)
                .order(HttpFeature.BEFORE_CONTRACT)
                .handler(context -> send(context, extension, read.computeIfAbsent(resource, ApiDocs::bytes), policy));
    }

    private static void send(RoutingContext context, String extension, Buffer body, String policy) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.get(extension))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", policy)
                .end(body);
    }

    private static Buffer bytes(String resource) {
        try (InputStream in = ApiDocs.class.getClassLoader().getResourceAsStream(resource)) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /** Returns the folder in a webjar, which carries the version. */
    private static String webjar(String name) {
        String about = "META-INF/maven/org.webjars/" + name + "/pom.properties";
        try (InputStream in = ApiDocs.class.getClassLoader().getResourceAsStream(about)) {
            Properties properties = new Properties();
            properties.load(in);
            return "META-INF/resources/webjars/" + name + "/" + properties.getProperty("version") + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(about + " cannot be read", e);
        }
    }
}
