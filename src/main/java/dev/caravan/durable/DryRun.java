package dev.caravan.durable;

import dev.caravan.work.InputVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads the files of integrators together with the shipped ones, as they would run, in a context of its own that starts
 * nothing: says what is wrong with them, or what to load.
 */
final class DryRun implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext(false);
    private final ShippedFlows shipped;
    private final List<FlowFile> files;
    private final BiFunction<String, String, List<String>> kameletCheck;
    private final Versions versions = new Versions(context);
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Mistake> hints = new ArrayList<>();
    private final Map<String, PipelineDraft> pipelines = new TreeMap<>();
    private final Map<String, Resource> routes = new TreeMap<>();

    /** @param settings the context whose settings hold */
    DryRun(
            CamelContext settings,
            ShippedFlows shipped,
            Collection<FlowFile> files,
            BiFunction<String, String, List<String>> kameletCheck) {
        this.shipped = shipped;
        this.files = List.copyOf(files);
        this.kameletCheck = kameletCheck;
        context.getPropertiesComponent().addPropertiesSource(new SettingsOf(settings));
        context.setSourceLocationEnabled(true);
        context.build();
        context.getCamelContextExtension().addContextPlugin(OwnKamelets.class, OwnKamelets.of(files));
        context.addModelLifecycleStrategy(new StepIds());
        context.addModelLifecycleStrategy(new KameletParameters(context));
        Optional.ofNullable(settings.getRegistry().findSingleByType(DurableRedeliveryPolicy.class))
                .ifPresent(policy -> context.getRegistry().bind("durableRetries", policy));
        Optional.ofNullable(settings.getRegistry().lookupByNameAndType(InputVersions.BEAN, InputVersions.class))
                .ifPresent(versions -> context.getRegistry().bind(InputVersions.BEAN, versions));
    }

    /** Does all of it. */
    DryRun run() {
        new FlowLint(context, (file, at, problem) -> mistakes.add(new Mistake(file, at.line(), at.column(), problem)))
                .check(files);
        if (mistakes.stream().noneMatch(mistake -> mistake.message().startsWith(FlowLint.CALLS_ITSELF))) {
            mistakes.addAll(checked());
        }
        if (mistakes.isEmpty()) {
            files.stream().filter(file -> !file.isKamelet()).forEach(this::draft);
            hintAtUnstarted();
            shippedPipelines();
        }
        return this;
    }

    List<FlowFile> files() {
        return files;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /** Of pipelines that nothing starts by itself. */
    List<Mistake> hints() {
        return hints;
    }

    /** The pipelines that are not as they were shipped, by name; complete only without mistakes. */
    Map<String, PipelineDraft> pipelines() {
        return pipelines;
    }

    /** The integrators' routes that are no pipelines, by id. */
    Map<String, Resource> routes() {
        return routes;
    }

    private void hintAtUnstarted() {
        String routing = all().stream()
                .filter(file -> !SourceName.of(file.getLocation()).contains("routes/pipelines/"))
                .map(ShippedFlows::text)
                .filter(text -> !text.contains("routeConfigurationId: " + Catalog.ROUTE_CONFIGURATION))
                .collect(Collectors.joining());
        for (FlowFile file : files) {
            String id = file.isKamelet() ? "" : id(file);
            boolean named = Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])")
                    .matcher(routing)
                    .find();
            if (pipelines.containsKey(id) && !named) {
                hints.add(new Mistake(
                        file.name(),
                        1,
                        1,
                        "no route starts the pipeline %s. Name it in a choose-pipeline.camel.yaml of your own, or ask for its jobs with POST /api/v1/jobs"
                                .formatted(id)));
            }
        }
    }

    /** What was shipped is good, unless a Kamelet of it is replaced. */
    private List<Mistake> checked() {
        boolean replaces = KameletNames.shipped(context).stream()
                .anyMatch(OwnKamelets.in(context).files()::containsKey);
        return replaces
                ? RouteLint.mistakes(context, all())
                : RouteLint.mistakes(context, ownRoutes(), KameletNames::own);
    }

    private List<Resource> ownRoutes() {
        return files.stream()
                .filter(file -> !file.isKamelet())
                .map(FlowFile::resource)
                .toList();
    }

    private List<Resource> all() {
        List<Resource> all = new ArrayList<>(shipped.without(ownIds()));
        all.addAll(ownRoutes());
        return all;
    }

    private Set<String> ownIds() {
        Set<String> ids = new TreeSet<>();
        files.stream().filter(file -> !file.isKamelet()).forEach(file -> ids.add(id(file)));
        return ids;
    }

    private static String id(FlowFile file) {
        try {
            return FlowLint.read(file)
                    .flatMap(DryRun::route)
                    .map(route -> route.text("id"))
                    .orElse("");
        } catch (MarkedYamlEngineException e) {
            return "";
        }
    }

    private static Optional<YamlNode> route(YamlNode root) {
        return root.items().stream().flatMap(flow -> flow.get("route").stream()).findFirst();
    }

    /** A shipped pipeline is another version when a Kamelet of it is an integrator's. */
    private void shippedPipelines() {
        if (OwnKamelets.in(context).files().isEmpty()) {
            return;
        }
        shipped.without(ownIds()).forEach(resource -> {
            FlowFile file = new FlowFile(Path.of(resource.getLocation()), ShippedFlows.text(resource));
            if (!versions.withVersions(file.text()).equals(file.text())) {
                draft(file, resource, true);
            }
        });
    }

    private void draft(FlowFile file) {
        draft(file, file.resource(), false);
    }

    private void draft(FlowFile file, Resource resource, boolean isShipped) {
        Optional<YamlNode> route = FlowLint.read(file).flatMap(DryRun::route);
        if (route.isEmpty()) {
            return;
        }
        if (!route.get().text("routeConfigurationId").equals(Catalog.ROUTE_CONFIGURATION)) {
            routes.put(
                    route.get().text("id"),
                    ResourceHelper.fromString(resource.getLocation(), versions.withVersions(file.text())));
            return;
        }
        try {
            load(resource);
            draft(file, resource, route.get(), isShipped);
        } catch (PipelineLint.Refused e) {
            mistakes.add(e.mistake());
        } catch (MarkedYamlEngineException e) {
            mistakes.add(RouteLint.malformed(SourceName.of(resource.getLocation()), e));
        }
    }

    private void load(Resource resource) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void draft(FlowFile file, Resource resource, YamlNode written, boolean isShipped) {
        String name = written.text("id");
        RouteDefinition definition = context.getRouteDefinition(name);
        Pipeline pipeline = new PipelineLint(context, kameletCheck).check(definition);
        ResumePlanner planner = new ResumePlanner(context, definition);
        planner.settle();
        Map<String, PipelineDraft.NamedKamelet> kamelets = new LinkedHashMap<>();
        pipeline.calls().values().forEach(call -> collect(call.kamelet(), kamelets));
        String text = file.text() + pipeline.kamelets(context);
        PipelineOrigin origin = new PipelineOrigin(isShipped, SourceName.of(resource.getLocation()), () -> text);
        String route = name + "." + origin.version();
        pipelines.put(
                name,
                new PipelineDraft(
                        new LoadedPipeline(pipeline, planner, route, origin),
                        List.copyOf(kamelets.values()),
                        ResourceHelper.fromString(resource.getLocation(), renamed(file, written, route))));
    }

    private void collect(String kamelet, Map<String, PipelineDraft.NamedKamelet> found) {
        String name = versions.of(kamelet);
        if (name.equals(kamelet) || found.containsKey(name)) {
            return;
        }
        KameletText text = KameletText.of(context, kamelet);
        text.calls().forEach(called -> collect(called, found));
        found.put(name, new PipelineDraft.NamedKamelet(name, renamedKamelet(kamelet, name, text)));
    }

    private Resource renamedKamelet(String kamelet, String name, KameletText text) {
        TextEdits edits = new TextEdits();
        FlowFile file = new FlowFile(Path.of(kamelet + FlowFile.KAMELET), text.text());
        FlowLint.read(file).flatMap(root -> root.get("metadata", "name")).ifPresent(node -> edits.replace(node, name));
        return ResourceHelper.fromString(
                "mem:" + kamelet + FlowFile.KAMELET, versions.withVersions(edits.in(file.text())));
    }

    private String renamed(FlowFile file, YamlNode written, String route) {
        TextEdits edits = new TextEdits();
        written.get("id").ifPresent(node -> edits.replace(node, route));
        written.get("from", "uri").ifPresent(node -> edits.replace(node, "direct:" + route));
        written.get("from", "steps").ifPresent(steps -> steps.items()
                .forEach(item -> item.get("step").ifPresent(step -> step.get("steps")
                        .ifPresent(children -> children.items().forEach(child -> child.get("to", "uri")
                                .ifPresent(uri -> edits.replace(uri, call(uri.text(), route, step.text("id")))))))));
        return edits.in(file.text());
    }

    /** The route that Camel makes of the Kamelet is named, so that it can be removed together with the pipeline. */
    private String call(String uri, String route, String step) {
        String kamelet = KameletText.nameOf(uri);
        return uri.replaceFirst("kamelet:" + kamelet, "kamelet:" + versions.of(kamelet) + "/" + route + "-" + step);
    }

    @Override
    public void close() {
        context.stop();
    }
}
