package dev.caravan.durable;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Names under which Kamelets run. A shipped Kamelet runs under its own name. One of an integrator, or one that calls such a
 * one, gets a hash of its text behind the name, so that the next version stands beside it while jobs finish with this one.
 */
final class Versions {
    private static final Pattern CALL = Pattern.compile("kamelet:([a-z0-9-]+)(?![a-z0-9.-])");

    private final CamelContext context;
    private final Map<String, String> names = new HashMap<>();

    /** @param context in which the integrators' Kamelets are a plug-in */
    Versions(CamelContext context) {
        this.context = context;
    }

    /** {@code watermark-action.0a1b2c3d}, or the name itself where the Kamelet is as it was shipped. */
    String of(String kamelet) {
        String known = names.get(kamelet);
        if (known == null) {
            known = computed(kamelet);
            names.put(kamelet, known);
        }
        return known;
    }

    private String computed(String kamelet) {
        KameletText text = KameletText.of(context, kamelet);
        boolean shipped = OwnKamelets.in(context).find(kamelet).isEmpty()
                && text.calls().stream().allMatch(called -> of(called).equals(called));
        return shipped ? kamelet : kamelet + "." + Fingerprint.shortHash(withVersions(text.text()));
    }

    /** The text with the versions of the Kamelets that it calls. */
    String withVersions(String text) {
        return CALL.matcher(text).replaceAll(found -> Matcher.quoteReplacement("kamelet:" + known(found.group(1))));
    }

    private String known(String name) {
        return KameletText.isEnd(name) ? name : of(name);
    }
}
