package dev.caravan;

import dev.caravan.settings.SettingName;
import dev.caravan.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** Reads the settings from application.properties, the user's file, the environment and overrides; the last wins. */
final class SettingsSource {
    private static final String USER_FILE =
            Optional.ofNullable(System.getenv("CARAVAN_CONFIG")).orElse("caravan.properties");

    static final String LOCATIONS = locations(USER_FILE);

    private SettingsSource() {}

    /** Returns the settings of a running context, overrides included. */
    static Settings of(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        return new Settings(properties::resolveProperty);
    }

    /** Returns the settings with this prefix that were set in a file, by an override or in the environment. */
    static Set<String> set(CamelContext context, String prefix) {
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(name -> name.startsWith(prefix))
                .stringPropertyNames());
        String variable = SettingName.variable(prefix);
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith(variable))
                .forEach(names::add);
        return names;
    }

    /** Returns the names of all settings that exist. */
    static Set<String> known() {
        Properties all = new Properties();
        try (InputStream in = SettingsSource.class.getResourceAsStream("/application.properties")) {
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.stringPropertyNames();
    }

    /** Lists the files as Camel reads them: the first that has a property decides. */
    private static String locations(String userFile) {
        return "file:" + userFile + ";optional=true,classpath:application.properties";
    }

    /** Returns the settings before there is a context. */
    static Settings before(Map<String, String> overrides) {
        return before(overrides, USER_FILE);
    }

    static Settings before(Map<String, String> overrides, String userFile) {
        DefaultCamelContext context = new DefaultCamelContext(false);
        PropertiesComponent properties = context.getPropertiesComponent();
        for (String location : locations(userFile).split(",")) {
            properties.addLocation(location);
        }
        Properties fixed = new Properties();
        fixed.putAll(overrides);
        properties.setOverrideProperties(fixed);
        context.build();
        return of(context);
    }
}
