package dev.caravan.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;

/** Lists the Kamelets that exist. */
final class KameletNames {
    private static final String ENDING = ".kamelet.yaml";

    private final List<Resource> files = new ArrayList<>();
    private final List<Resource> own;

    KameletNames(CamelContext context) {
        OwnKamelets plugin = OwnKamelets.in(context);
        own = plugin.files().values().stream().map(FlowFile::resource).toList();
        files.addAll(own);
        shippedFiles(context).stream()
                .filter(file -> plugin.find(name(file)).isEmpty())
                .forEach(files::add);
    }

    /** The names of those that come with Caravan. */
    static Set<String> shipped(CamelContext context) {
        return shippedFiles(context).stream().map(KameletNames::name).collect(Collectors.toSet());
    }

    private static List<Resource> shippedFiles(CamelContext context) {
        return KameletText.locations(context).stream()
                .flatMap(location -> RouteLint.found(context, location + "/*" + ENDING).stream())
                .toList();
    }

    List<Resource> files() {
        return files;
    }

    /** Those of integrators. */
    List<Resource> own() {
        return own;
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
