package dev.caravan.cli;

import java.util.Map;

/** What has to run before a Caravan can, and ends after it: the embedded cloud, or nothing. */
public interface EmbeddedServices extends AutoCloseable {

    /** Settings that tell the Caravan where its surroundings are. */
    Map<String, String> properties();

    /** What runs anyway: AWS, or the servers of another Caravan. */
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
