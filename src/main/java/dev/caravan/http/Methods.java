package dev.caravan.http;

import java.util.Set;
import java.util.TreeSet;

/** Methods as {@code Allow} lists them. */
final class Methods {
    private Methods() {}

    /** What a path takes by the contract, and what comes with that. */
    static String list(Set<String> methods) {
        Set<String> all = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            all.add("HEAD");
        }
        all.add("OPTIONS");
        return String.join(", ", all);
    }
}
