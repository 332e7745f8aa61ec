package dev.caravan.api;

import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Presigned;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Names what the routes of the API call. */
public final class ApiBeans {
    private ApiBeans() {}

    public static void bind(Registry registry, Settings settings, DynamoDbClient dynamo, Presigned presigned) {
        Tables tables = Tables.of(settings);
        Records records = new Records(dynamo);
        BatchRead batch = new BatchRead(dynamo);
        Links links = Links.of(settings, presigned);
        StatusIndex assets = new StatusIndex(records, tables.assets(), "asset_id", Videos.SHOWN);
        StatusIndex jobs = new StatusIndex(records, tables.jobs(), "job_id", StatusIndex.Filter.NONE);
        registry.bind("videos", new Videos(assets, batch, tables.assets(), links));
        registry.bind("jobViews", new JobViews(jobs, batch, tables.jobs()));
    }
}
