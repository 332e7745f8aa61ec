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
        OwnKamelets own = OwnKamelets.in(context);
        own.files().values().forEach(file -> files.add(file.resource()));
        for (String location : KameletText.locations(context)) {
            RouteLint.found(context, location + "/*" + ENDING).stream()
                    .filter(file -> own.find(name(file)).isEmpty())
                    .forEach(files::add);
        }
    }

    List<Resource> files() {
        return files;
    }

    Set<String> all() {
        Set<String> names = new TreeSet<>();
        files.forEach(file -> names.add(name(file)));
        return names;
    }

    private static String name(Resource file) {
        return file.getLocation().replaceFirst(".*[/:]", "").replace(ENDING, "");
    }
}
