package dev.caravan.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Lets Camel run what a {@link DryRun} found good. A version of a pipeline gets routes and Kamelets of its own, beside those
 * of the version before, with which jobs may still run.
 */
final class PipelineLoader {
    private final ModelCamelContext context;
    private final Catalog catalog;
    private final ShippedFlows shippedFlows;
    private final Map<String, LoadedPipeline> shipped;
    /** The integrators' other routes, by id. */
    private final Map<String, String> plain = new TreeMap<>();

    /** @param catalog which knows the shipped pipelines, and only these */
    PipelineLoader(ModelCamelContext context, Catalog catalog, ShippedFlows shippedFlows) {
        this.context = context;
        this.catalog = catalog;
        this.shippedFlows = shippedFlows;
        this.shipped = Map.copyOf(catalog.current());
    }

    /**
     * From now on jobs begin with these pipelines, and with the shipped ones that are not among them.
     *
     * @throws Exception Camel's, where a route cannot be started; then all is as it was
     */
    void load(DryRun good) throws Exception {
        OwnKamelets before = OwnKamelets.in(context);
        know(OwnKamelets.of(good.files()));
        Map<String, LoadedPipeline> now = new TreeMap<>(shipped);
        List<LoadedPipeline> added = new ArrayList<>();
        try {
            for (PipelineDraft draft : good.pipelines().values()) {
                now.put(draft.version().name(), loaded(draft, added));
            }
            loadPlain(good.routes());
        } catch (Exception e) {
            know(before);
            added.forEach(this::remove);
            throw e;
        }
        catalog.change(now);
    }

    /** Camel's side reads what parameters a Kamelet has. What shipped pipelines say of theirs was read before. */
    private void know(OwnKamelets kamelets) {
        shipped.values().forEach(version -> {
            version.planner().settle();
            version.origin().version();
        });
        context.getCamelContextExtension().addContextPlugin(OwnKamelets.class, kamelets);
    }

    private LoadedPipeline loaded(PipelineDraft draft, List<LoadedPipeline> added) throws Exception {
        if (catalog.isLoaded(draft.version().route())) {
            return catalog.loaded(draft.version().route());
        }
        added.add(draft.version());
        for (PipelineDraft.NamedKamelet kamelet : draft.kamelets()) {
            if (context.getRouteTemplateDefinition(kamelet.name()) == null) {
                read(kamelet.file());
            }
        }
        read(draft.route());
        return draft.version();
    }

    private void read(Resource file) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(file);
    }

    /** Routes that are no pipelines are exchanged: what comes meanwhile waits for the new one. */
    private void loadPlain(Map<String, Resource> routes) throws Exception {
        for (String gone : Set.copyOf(plain.keySet())) {
            if (!routes.containsKey(gone)) {
                backToShipped(gone);
                plain.remove(gone);
            }
        }
        for (Map.Entry<String, Resource> route : routes.entrySet()) {
            String text = ShippedFlows.text(route.getValue());
            if (!text.equals(plain.get(route.getKey()))) {
                exchange(route.getKey(), route.getValue());
                plain.put(route.getKey(), text);
            }
        }
    }

    private void exchange(String id, Resource file) throws Exception {
        RouteDefinition before = context.getRouteDefinition(id);
        try {
            read(file);
        } catch (Exception e) {
            if (before != null) {
                context.addRouteDefinition(before);
            }
            throw e;
        }
    }

    private void backToShipped(String id) throws Exception {
        Resource file = shippedFlows.of(id);
        if (file == null) {
            removeRoute(context.getRouteDefinition(id));
        } else {
            read(file);
        }
    }

    /**
     * Removes what no job takes any more, and none runs with.
     *
     * @param running routes of the jobs that run
     */
    void removeOutdated(Set<String> running) {
        for (LoadedPipeline version : catalog.outdated()) {
            if (!shipped.containsValue(version) && !running.contains(version.route())) {
                catalog.forget(version);
                remove(version);
            }
        }
    }

    private void remove(LoadedPipeline version) {
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            String id = route.getRouteId();
            if (id.equals(version.route()) || id.startsWith(version.route() + "-")) {
                removeRoute(route);
            }
        }
        removeUnusedKamelets();
    }

    /** Those of earlier versions that no route is made of any more. */
    private void removeUnusedKamelets() {
        Set<String> used = context.getRouteDefinitions().stream()
                .filter(RouteDefinition::isCreatedFromTemplate)
                .map(route -> String.valueOf(route.getTemplateParameters().get("templateId")))
                .collect(Collectors.toCollection(TreeSet::new));
        context.getRouteTemplateDefinitions().stream()
                .filter(kamelet -> kamelet.getId().contains(".") && !used.contains(kamelet.getId()))
                .toList()
                .forEach(this::removeKamelet);
    }

    private void removeKamelet(RouteTemplateDefinition kamelet) {
        try {
            context.removeRouteTemplateDefinition(kamelet);
        } catch (Exception e) {
            throw new IllegalStateException("The Kamelet %s cannot be removed".formatted(kamelet.getId()), e);
        }
    }

    private void removeRoute(RouteDefinition route) {
        try {
            context.removeRouteDefinition(route);
        } catch (Exception e) {
            throw new IllegalStateException("The route %s cannot be removed".formatted(route.getRouteId()), e);
        }
    }
}
