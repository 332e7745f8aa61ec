package dev.caravan.durable;

import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.LoadablePropertiesSource;

/** Gives a context the settings of another one. */
record SettingsOf(CamelContext other) implements LoadablePropertiesSource {
    @Override
    public String getName() {
        return "settings";
    }

    @Override
    public String getProperty(String name) {
        return other.getPropertiesComponent().resolveProperty(name).orElse(null);
    }

    @Override
    public Properties loadProperties() {
        return other.getPropertiesComponent().loadProperties();
    }

    @Override
    public Properties loadProperties(Predicate<String> filter) {
        return other.getPropertiesComponent().loadProperties(filter);
    }

    @Override
    public void reloadProperties(String location) {
        // They are read from the other context each time.
    }
}
