package dev.caravan.durable;

import java.util.List;
import org.apache.camel.spi.Resource;

/**
 * A version of a pipeline that passed all checks, and what Camel must load for it.
 *
 * @param kamelets its Kamelets that do not run under their shipped names, those first that others call
 * @param route its file
 */
record PipelineDraft(LoadedPipeline version, List<NamedKamelet> kamelets, Resource route) {

    /** @param name under which it runs, {@code watermark-action.0a1b2c3d} */
    record NamedKamelet(String name, Resource file) {}
}
