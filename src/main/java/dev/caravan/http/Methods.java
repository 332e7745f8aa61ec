package dev.caravan.http;

import java.util.Set;
import java.util.TreeSet;

/** Writes methods as {@code Allow} lists them. */
final class Methods {
    private Methods() {}

    /** Lists the methods of the contract, and those that they imply. */
    static String list(Set<String> methods) {
        Set<String> all = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            all.add("HEAD");
        }
        all.add("OPTIONS");
        return String.join(", ", all);
    }
}
