package dev.caravan.cli;

import java.util.Map;

/** The services that start before a Caravan and stop after it: the embedded cloud, or none. */
public interface EmbeddedServices extends AutoCloseable {

    /** Returns the settings with which the Caravan finds these services. */
    Map<String, String> properties();

    /** Starts nothing, for services that already run: AWS, or the servers of another Caravan. */
    static EmbeddedServices of(Map<String, String> properties) {
        return new EmbeddedServices() {
            @Override
            public Map<String, String> properties() {
                return properties;
            }

            @Override
            public void close() {}
        };
    }
}
