package dev.caravan.durable;

import dev.caravan.settings.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentNameResolver;

/** Checks that the components of endpoints are on the class path, and that settings in placeholders exist. */
final class EndpointLint {
    private static final String SERVICES = "META-INF/services/org/apache/camel/component/";
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
    /** Without a default, and not optional. */
    private static final Pattern SETTING = Pattern.compile("\\{\\{([A-Za-z][\\w.-]*)}}");

    private final CamelContext context;
    private final RouteLint.Report report;

    EndpointLint(CamelContext context, RouteLint.Report report) {
        this.context = context;
        this.report = report;
    }

    /** @param own properties of the Kamelet that is read, which stand in placeholders too */
    void check(String file, YamlNode root, List<String> own) {
        root.all().forEach(node -> {
            node.get("uri").ifPresent(uri -> component(file, uri));
            settings(file, node, own);
        });
    }

    private void component(String file, YamlNode uri) {
        Matcher scheme = SCHEME.matcher(uri.text());
        if (scheme.matches() && !isThere(scheme.group(1))) {
            Set<String> there = components();
            report.add(
                    file,
                    uri.own(),
                    "there is no component %s on the class path%s There are %s. Add its artifact to pom.xml, or use one of these"
                            .formatted(scheme.group(1), Nearest.end(scheme.group(1), there), String.join(", ", there)));
        }
    }

    private boolean isThere(String scheme) {
        return context.hasComponent(scheme) != null
                || context.getRegistry().lookupByName(scheme) != null
                || context.getClassResolver().loadResourceAsURL(SERVICES + scheme) != null;
    }

    private Set<String> components() {
        return new TreeSet<>(context.getCamelContextExtension()
                .getContextPlugin(ComponentNameResolver.class)
                .resolveNames(context));
    }

    private void settings(String file, YamlNode node, List<String> own) {
        Matcher setting = SETTING.matcher(node.text());
        while (setting.find()) {
            String name = setting.group(1);
            boolean known = own.contains(name)
                    || context.getPropertiesComponent().resolveProperty(name).isPresent();
            if (!known) {
                report.add(
                        file,
                        node.own(),
                        "there is no setting %s%s Write {{%s:value}} for one with a default"
                                .formatted(name, Nearest.end(name, names(own)), name));
            }
        }
    }

    private Set<String> names(List<String> own) {
        Set<String> names =
                new TreeSet<>(context.getPropertiesComponent().loadProperties().stringPropertyNames());
        names.addAll(own);
        return names;
    }
}
