package dev.caravan.api;

import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Names what the routes of the API call. */
public final class ApiBeans {
    private ApiBeans() {}

    public static void bind(
            Registry registry, Settings settings, S3Client s3, DynamoDbClient dynamo, CamelContext context) {
        Tables tables = Tables.of(settings);
        Records records = new Records(dynamo);
        BatchRead batch = new BatchRead(dynamo);
        Links links = Links.of(s3, settings);
        StatusIndex assets = new StatusIndex(records, tables.assets(), "asset_id", Videos.SHOWN);
        StatusIndex jobs = new StatusIndex(records, tables.jobs(), "job_id", StatusIndex.Filter.NONE);
        registry.bind("videos", new Videos(assets, batch, tables.assets(), links));
        registry.bind("jobViews", new JobViews(jobs, batch, tables.jobs()));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                links.close();
            }
        });
    }
}
