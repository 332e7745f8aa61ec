package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads the YAML of routes and Kamelets before Camel does, and refuses what would fail at start, or later in a job, with the
 * file that people edit, the line and what is there instead.
 */
public final class RouteLint {
    private final Report report;
    private final KameletNames kamelets;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, String> routes = new LinkedHashMap<>();
    private final EndpointLint endpoints;
    private final KameletCallLint calls;

    private RouteLint(CamelContext context) {
        this.report = (file, at, problem) -> mistakes.add(new Mistake(file, at.line(), at.column(), problem));
        this.kamelets = new KameletNames(context);
        this.endpoints = new EndpointLint(context, report);
        this.calls = new KameletCallLint(context, kamelets, report);
    }

    /** Takes what is wrong. */
    interface Report {
        void add(String file, YamlNode at, String problem);
    }

    /** Routes or Kamelets that cannot run as they are written; the message has a line for each mistake. */
    static final class Refused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Refused(List<Mistake> mistakes) {
            super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    /**
     * Checks all files of routes, and the Kamelets.
     *
     * @param patterns of the routes' files, separated by commas
     * @throws IllegalStateException with a line for each mistake
     */
    public static void check(CamelContext context, String patterns) {
        List<Resource> files = new ArrayList<>();
        for (String pattern : patterns.split(",")) {
            files.addAll(found(context, pattern.trim()));
        }
        check(context, files);
    }

    static Collection<Resource> found(CamelContext context, String pattern) {
        try {
            return PluginHelper.getPackageScanResourceResolver(context).findResources(pattern);
        } catch (Exception e) {
            throw new IllegalStateException("The files " + pattern + " cannot be listed", e);
        }
    }

    static void check(CamelContext context, List<Resource> files) {
        List<Mistake> mistakes = mistakes(context, files);
        if (!mistakes.isEmpty()) {
            throw new Refused(mistakes);
        }
    }

    /** All that is wrong in these files of routes, and in the Kamelets, in the order of the files. */
    static List<Mistake> mistakes(CamelContext context, List<Resource> files) {
        return mistakes(context, files, KameletNames::files);
    }

    /** @param which of the Kamelets to check */
    static List<Mistake> mistakes(
            CamelContext context, List<Resource> files, Function<KameletNames, List<Resource>> which) {
        RouteLint lint = new RouteLint(context);
        // Two patterns may name the same file.
        files.stream()
                .collect(Collectors.toMap(Resource::getLocation, file -> file, (one, same) -> one, LinkedHashMap::new))
                .values()
                .forEach(lint::routes);
        which.apply(lint.kamelets).forEach(lint::kamelet);
        return lint.mistakes;
    }

    private void routes(Resource resource) {
        String file = SourceName.of(resource.getLocation());
        read(file, resource).ifPresent(root -> {
            endpoints.check(file, root, List.of());
            for (YamlNode flow : root.items()) {
                flow.get("route").ifPresent(route -> route(file, route));
            }
        });
    }

    private void route(String file, YamlNode route) {
        String id = route.text("id");
        YamlNode place = route.get("id").map(YamlNode::own).orElse(route);
        String taken = routes.putIfAbsent(id, file + ":" + place.line());
        if (taken != null && !id.isEmpty()) {
            report.add(file, place, "the route id %s is taken: %s has it. Choose another one".formatted(id, taken));
        }
        boolean durable = route.text("routeConfigurationId").equals(Catalog.ROUTE_CONFIGURATION);
        if (durable || file.contains("routes/pipelines/") || hasSteps(route)) {
            new PipelineSource(file, route, calls, report).check(durable);
        }
    }

    /** The EIP step means nothing outside pipelines. */
    private static boolean hasSteps(YamlNode route) {
        return route.get("from", "steps")
                .map(steps ->
                        steps.items().stream().anyMatch(item -> item.get("step").isPresent()))
                .orElse(false);
    }

    private Optional<YamlNode> read(String file, Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return YamlNode.read(in);
        } catch (MarkedYamlEngineException e) {
            mistakes.add(malformed(file, e));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mistake malformed(String file, MarkedYamlEngineException e) {
        int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
        String advice = e.getProblem().contains("mapping values are not allowed")
                ? ". Put a text that holds a colon and a blank into quotes"
                : "";
        return new Mistake(file, line, column, e.getProblem() + advice);
    }

    private void kamelet(Resource resource) {
        String file = SourceName.of(resource.getLocation());
        read(file, resource).ifPresent(root -> {
            List<String> own = root.get("spec", "definition", "properties")
                    .map(properties -> List.copyOf(properties.entries().keySet()))
                    .orElse(List.of());
            endpoints.check(file, root, own);
            calls.checkWithin(file, root);
        });
    }
}
