package dev.caravan.http;

import io.vertx.ext.web.Router;

/** Adds the handlers of a feature before Camel's routes. */
public interface HttpFeature {
    /** Order of handlers for paths that are not in the contract. */
    int BEFORE_CONTRACT = -20;

    /** Order of handlers that prepare requests for operations of the contract. Camel's own are 0 and up. */
    int BEFORE_OPERATION = -5;

    void install(Router router);
}
