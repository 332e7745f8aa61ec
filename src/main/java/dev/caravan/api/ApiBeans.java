package dev.caravan.api;

import dev.caravan.asset.Assets;
import dev.caravan.control.AssetRepair;
import dev.caravan.control.Cancellation;
import dev.caravan.control.DeadLetterIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.Deletion;
import dev.caravan.control.JobChanges;
import dev.caravan.control.QueuePauses;
import dev.caravan.control.Redrives;
import dev.caravan.control.Retry;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.CompletionWaiters;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import dev.caravan.storage.ObjectLinks;
import java.time.Clock;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Binds the beans of the API's routes. */
public final class ApiBeans {
    private ApiBeans() {}

    /** The parts by which the API works with assets and jobs. */
    public record Parts(
            Assets assets,
            Jobs jobs,
            Clock clock,
            JobRequests orders,
            CompletionWaiters waits,
            AssetRepair repair,
            Deletion deletion,
            QueuePauses switches,
            Control control) {}

    /** The parts by which the API controls jobs. */
    public record Control(
            Retry retry,
            Cancellation cancellation,
            JobChanges changes,
            DeadLetterIndex deadIndex,
            DeadLetters deadLetters,
            Redrives redrives) {}

    public static void bind(
            Registry registry, Settings settings, DynamoDbClient dynamo, ObjectLinks objectLinks, Parts parts) {
        Tables tables = Tables.of(settings);
        Records records = new Records(dynamo);
        BatchRead batch = new BatchRead(dynamo);
        Links links = Links.of(settings, objectLinks);
        StatusIndex assets = new StatusIndex(records, tables.assets(), Assets.ID, Videos.SHOWN);
        StatusIndex jobs = new StatusIndex(records, tables.jobs(), JobFields.JOB_ID, StatusIndex.Filter.NONE);
        registry.bind("videos", new Videos(assets, batch, tables.assets(), links));
        int budget = settings.number("caravan.search.budget");
        Links toS3 = Links.toS3(settings, objectLinks);
        StatusIndex allAssets = new StatusIndex(records, tables.assets(), Assets.ID, StatusIndex.Filter.NONE);
        registry.bind(
                "media",
                new Media(
                        parts.assets(),
                        allAssets,
                        new BudgetedScan(batch, tables.assets(), Assets.ID, Assets::key, budget),
                        toS3));
        registry.bind("mediaChanges", new MediaChanges(parts.assets(), parts.repair(), parts.deletion(), toS3));
        registry.bind("videoChanges", new VideoChanges(parts.assets(), parts.repair(), parts.deletion(), links));
        JobViews views = new JobViews(parts.clock(), parts.switches());
        registry.bind("jobViews", views);
        registry.bind(
                "jobSearch",
                new JobSearch(
                        new JobLists(records, tables, jobs),
                        records,
                        new BudgetedScan(batch, tables.jobs(), JobFields.JOB_ID, Jobs::key, budget),
                        tables.jobs(),
                        views::shown));
        registry.bind("jobOrders", new JobOrders(parts.assets(), parts.orders(), parts.jobs(), parts.clock()));
        Control control = parts.control();
        Clock clock = parts.clock();
        registry.bind("jobControl", new JobControl(control.retry(), control.cancellation(), control.changes(), clock));
        registry.bind(
                "deadLetterViews",
                new DeadLetterViews(control.deadIndex(), control.deadLetters(), batch, tables.jobs()));
        registry.bind("redriveOrders", new RedriveOrders(control.redrives(), clock));
        registry.bind(
                "jobResults",
                new JobResults(
                        parts.jobs(), parts.assets(), parts.waits(), links, settings.duration("caravan.http.timeout")));
    }
}
