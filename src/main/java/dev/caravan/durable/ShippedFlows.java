package dev.caravan.durable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;

/**
 * The routes that come with Caravan.
 *
 * @param files each with the ids of its routes
 */
record ShippedFlows(Map<Resource, Set<String>> files) {
    /** Shipped files are written alike, so that they need not be parsed for this. */
    private static final Pattern ID = Pattern.compile("(?m)^- route:\\n    id: ([\\w-]+)$");

    /** @param patterns of files, separated by commas */
    static ShippedFlows read(CamelContext context, String patterns) {
        Map<String, Resource> byLocation = new LinkedHashMap<>();
        for (String pattern : patterns.split(",")) {
            RouteLint.found(context, pattern.trim()).forEach(file -> byLocation.putIfAbsent(file.getLocation(), file));
        }
        Map<Resource, Set<String>> files = new LinkedHashMap<>();
        byLocation.values().forEach(file -> files.put(file, ids(file)));
        return new ShippedFlows(files);
    }

    private static Set<String> ids(Resource file) {
        return ID.matcher(text(file)).results().map(id -> id.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of which no route has one of these ids. */
    List<Resource> without(Set<String> ids) {
        List<Resource> left = new ArrayList<>();
        files.forEach((file, routes) -> {
            if (routes.stream().noneMatch(ids::contains)) {
                left.add(file);
            }
        });
        return left;
    }

    Resource of(String id) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().contains(id))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    static String text(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
