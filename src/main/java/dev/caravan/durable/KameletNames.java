package dev.caravan.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;

/** The Kamelets that there are. */
final class KameletNames {
    private static final String ENDING = ".kamelet.yaml";

    private final List<Resource> files = new ArrayList<>();

    KameletNames(CamelContext context) {
        for (String location : KameletText.locations(context)) {
            files.addAll(RouteLint.found(context, location + "/*" + ENDING));
        }
    }

    List<Resource> files() {
        return files;
    }

    Set<String> all() {
        Set<String> names = new TreeSet<>();
        files.forEach(
                file -> names.add(file.getLocation().replaceFirst(".*[/:]", "").replace(ENDING, "")));
        return names;
    }
}
