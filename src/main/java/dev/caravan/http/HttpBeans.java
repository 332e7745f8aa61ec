package dev.caravan.http;

import dev.caravan.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Registry;

/** Binds the beans of the API's routes, and starts the HTTP server. */
public final class HttpBeans {
    /** Requests that Camel handles at the same time; further ones wait. They mostly wait for DynamoDB. */
    private static final int REQUESTS_AT_ONCE = 64;

    /** Each call that waits for its job takes one more thread, so that no other call has to wait for it. */
    private static final int WAITS_AT_ONCE = 256;

    /** Each call that first fetches something for its request takes one more thread, too. */
    public static final int FETCHES_AT_ONCE = 32;

    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private HttpBeans() {}

    /** @param doors the handlers that answer outside of the contract, or prepare requests for it */
    public static void bind(
            Registry registry, Settings settings, MeterRegistry meters, CamelContext context, List<HttpFeature> doors) {
        Contract contract = Contract.load();
        registry.bind("vertxOptions", vertx());
        registry.bind("contract", contract);
        registry.bind("contractValidator", new ContractValidator(contract));
        registry.bind("answers", new Answers());
        registry.bind("problems", new Problems());
        registry.bind("bodies", new RequestBodies(contract));
        Contract all = contract.with(Contract.read(ApiDocs.STREAMS));
        RequestPipeline.Parts parts = new RequestPipeline.Parts(
                contract,
                new HttpMeters(all, meters),
                new Cors(all),
                new OriginGuard(OwnHostNames.of(settings)),
                new QueryCheck(all),
                new ApiDocs(),
                new BodyLimit(
                        contract,
                        settings.bytes("caravan.http.max-body"),
                        settings.bytes("caravan.http.max-signed-body"),
                        settings.duration("caravan.http.body-timeout")),
                settings.list("caravan.roles").contains("api"));
        startWith(context, new HttpServer(settings, new RequestPipeline(parts, doors)));
    }

    /** Starts the server after all beans are bound, and before the first route starts. */
    private static void startWith(CamelContext context, HttpServer server) {
        try {
            context.addService(server, true, true);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /**
     * Returns options without the folder of cached class path files that Vert.x makes at start: none are served from there.
     */
    private static VertxOptions vertx() {
        return new VertxOptions()
                .setWorkerPoolSize(REQUESTS_AT_ONCE + WAITS_AT_ONCE + FETCHES_AT_ONCE)
                .setMaxWorkerExecuteTime(MAX_WAIT.toNanos())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
