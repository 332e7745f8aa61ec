package dev.caravan.durable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pipeline's own settings: one entry under {@code beans:} in the pipeline's file, named like its route.
 *
 * <p>{@code priority}: {@code high | normal | low}, default normal. {@code encodingSteps}: ids, separated by commas, of the
 * steps that keep CPU cores busy; a job of such a pipeline is claimed only together with a CPU slot, which it gives up
 * after the last of them. {@code weights}: how much of the progress each step stands for, default 1.
 * {@code parameters}: what a job may set, each as {@code name: step.property}; type, bounds and default are those of the
 * property in the step's Kamelet. {@code retry}: the retry policy of its steps; {@code retries}: that of single ones.
 * {@code rate}: how many of its jobs may start.
 *
 * <p>Camel makes the bean and puts into it whatever stands there. Caravan reads the file itself ({@link PipelineConfig}):
 * there names are as they were written, and each has a line to name when it is wrong.
 */
public class PipelineSettings {
    private final Group settings = new Group();

    Group group() {
        return settings;
    }

    /** Settings under one name. */
    public static class Group {
        private final Map<String, Object> values = new LinkedHashMap<>();

        void put(String name, Object value) {
            values.put(name, value);
        }

        Object get(String name) {
            return values.computeIfAbsent(name, absent -> new Group());
        }
    }
}
