package dev.caravan.http;

import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Names what the routes of the API call, and opens the front door. */
public final class HttpBeans {
    /** Requests that Camel works on at once; further ones wait. They mostly wait for DynamoDB. */
    private static final int REQUESTS_AT_ONCE = 64;

    private HttpBeans() {}

    public static void bind(
            Registry registry, Settings settings, S3Client s3, DynamoDbClient dynamo, CamelContext context) {
        Tables tables = Tables.of(settings);
        Records records = new Records(dynamo);
        BatchRead batch = new BatchRead(dynamo);
        Links links = Links.of(s3, settings);
        Contract contract = Contract.load();
        registry.bind("vertxOptions", vertx());
        registry.bind("contract", contract);
        registry.bind("contractValidator", new ContractValidator());
        registry.bind("answers", new Answers());
        registry.bind("problems", new Problems());
        registry.bind(
                "videos",
                new Videos(
                        new StatusIndex(records, tables.assets(), "asset_id", Videos.SHOWN),
                        batch,
                        tables.assets(),
                        links));
        registry.bind(
                "jobViews",
                new JobViews(
                        new StatusIndex(records, tables.jobs(), "job_id", StatusIndex.Filter.NONE),
                        batch,
                        tables.jobs()));
        FrontDoor door = new FrontDoor(new Guard(OwnNames.of(settings)), new Docs(), new Doorkeeper(contract));
        startWith(context, new HttpServer(settings, door));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                links.close();
            }
        });
    }

    /** After all beans are there, and before the first route is. */
    private static void startWith(CamelContext context, HttpServer server) {
        try {
            context.addService(server, true, true);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /** Without the folder of cached class path files that Vert.x makes at start: we serve none from there. */
    private static VertxOptions vertx() {
        return new VertxOptions()
                .setWorkerPoolSize(REQUESTS_AT_ONCE)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
