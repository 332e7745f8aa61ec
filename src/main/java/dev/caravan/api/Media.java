package dev.caravan.api;

import dev.caravan.asset.Assets;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import org.apache.camel.Header;

/** Assets of any type; the bean {@code media} of the route get-media. */
public final class Media {
    private final Assets assets;
    private final Links links;

    Media(Assets assets, Links links) {
        this.assets = assets;
        this.links = links;
    }

    /** @throws ProblemException {@code UNKNOWN_ASSET} */
    public MediaView show(@Header("asset_id") String id) {
        return assets.find(id)
                .filter(asset -> !asset.deleted())
                .map(asset -> MediaView.of(asset, links))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_ASSET,
                        "There is no asset with the id " + id,
                        "The answer that accepted an upload or an import names its asset_id."));
    }
}
