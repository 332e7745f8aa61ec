package dev.caravan.durable;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Lets Camel put any setting into {@link PipelineSettings}, however deep: its own binding knows no maps of maps, and would
 * refuse an unknown name before Caravan could say where it stands and what there is instead.
 */
public class PipelineSettingsConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        group(target).put(name, value);
        return true;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return Object.class;
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return group(target).get(name);
    }

    private static PipelineSettings.Group group(Object target) {
        return target instanceof PipelineSettings settings ? settings.group() : (PipelineSettings.Group) target;
    }
}
