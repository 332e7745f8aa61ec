package dev.caravan.durable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline's own settings: one entry under {@code beans:} in the pipeline's file, named like its route.
 *
 * <p>{@code priority}: {@code high | normal | low}, default normal. {@code encodingSteps}: ids, separated by commas, of the
 * steps that keep CPU cores busy; a job of such a pipeline is claimed only together with a CPU slot, which it gives up
 * after the last of them. {@code weights}: how much of the progress each step stands for, default 1.
 * {@code parameters}: what a job may set, each as {@code name: step.property}; type, bounds and default are those of the
 * property in the step's Kamelet.
 */
public class PipelineSettings {
    private String priority = "normal";
    private List<String> encodingSteps = List.of();
    /** Filled by Camel's property binding, entry by entry. */
    private Map<String, Object> weights = new LinkedHashMap<>();

    private Map<String, Object> parameters = new LinkedHashMap<>();

    public String getPriority() {
        return priority;
    }

    public void setPriority(String priority) {
        this.priority = priority;
    }

    public List<String> getEncodingSteps() {
        return encodingSteps;
    }

    public void setEncodingSteps(String ids) {
        this.encodingSteps = List.of(ids.trim().split("\\s*,\\s*"));
    }

    public Map<String, Object> getWeights() {
        return weights;
    }

    public void setWeights(Map<String, Object> weights) {
        this.weights = weights;
    }

    public Map<String, Object> getParameters() {
        return parameters;
    }

    public void setParameters(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    int weight(String step) {
        return Integer.parseInt(String.valueOf(weights.getOrDefault(step, 1)));
    }
}
