package dev.caravan.durable;

import java.nio.file.Path;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A file of an integrator's folder as it was read: a route, or a Kamelet.
 *
 * @param path where it was found
 * @param text all of it
 */
record FlowFile(Path path, String text) {
    static final String ROUTE = ".camel.yaml";
    static final String KAMELET = ".kamelet.yaml";

    boolean isKamelet() {
        return path.toString().endsWith(KAMELET);
    }

    /** Of a Kamelet's file, the Kamelet's name; it is that of the file. */
    String kamelet() {
        return path.getFileName().toString().replace(KAMELET, "");
    }

    /** For Camel and for the lints, whatever has become of the file on the disk. */
    Resource resource() {
        return ResourceHelper.fromString("file:" + path, text);
    }

    /** As people name it. */
    String name() {
        return SourceName.of("file:" + path);
    }
}
