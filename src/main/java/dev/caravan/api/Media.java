package dev.caravan.api;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Assets;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Shows assets of any type; the bean {@code media} of the routes list-media and get-media. */
public final class Media {
    private final Assets assets;
    private final StatusIndex index;
    private final BudgetedScan budgetedScan;
    private final Links links;

    /** @param links to S3 itself */
    Media(Assets assets, StatusIndex index, BudgetedScan budgetedScan, Links links) {
        this.assets = assets;
        this.index = index;
        this.budgetedScan = budgetedScan;
        this.links = links;
    }

    /**
     * @return a page, newest first
     * @throws ProblemException when the query cannot be understood
     */
    public MediaPage list(Exchange exchange) {
        MediaQuery query = MediaQuery.of(QueryString.of(exchange), Videos.STATUSES);
        MediaFilter filter = MediaFilter.of(query);
        int page = Math.max(
                query.limit() + 1,
                budgetedScan.ahead(filter, query.limit()) / query.statuses().size());
        EntryList list = new EntryList(
                index.entries(query.statuses(), TimeRange.ALL, query.after(), TimeOrder.NEWEST_FIRST, page)
                        .iterator(),
                entry -> entry.position().cursor());
        return MediaPage.of(
                budgetedScan.page(list, filter, query.limit(), item -> MediaView.of(Assets.read(item), links)));
    }

    /** @throws ProblemException {@code UNKNOWN_ASSET} */
    public MediaView show(Exchange exchange, @Header("asset_id") String id) {
        Asset asset = assets.find(id).filter(found -> !found.deleted()).orElseThrow(() -> unknown(id));
        Answers.header(exchange, "ETag", RecordEtag.tag(asset));
        return MediaView.of(asset, links);
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_ASSET,
                "There is no asset with the id " + id,
                "GET /api/v1/media lists those that there are.");
    }
}
