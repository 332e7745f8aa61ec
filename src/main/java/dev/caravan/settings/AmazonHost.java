package dev.caravan.settings;

import java.net.URI;
import java.util.regex.Pattern;

/** Tells the endpoints of AWS from those of other providers, in every partition. */
public final class AmazonHost {
    /** Domains of services: "AWS service endpoints" and "Amazon Web Services in China" of AWS's documentation. */
    private static final Pattern ENDING = Pattern.compile("(^|\\.)amazonaws\\.com(\\.cn)?$");

    private AmazonHost() {}

    /** Returns whether {@code endpoint}, an address with scheme and host, is an endpoint of AWS. */
    public static boolean is(URI endpoint) {
        return endpoint.getHost() != null && ENDING.matcher(endpoint.getHost()).find();
    }
}
