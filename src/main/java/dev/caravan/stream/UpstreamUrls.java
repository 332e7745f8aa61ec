package dev.caravan.stream;

import dev.caravan.storage.MediaFile;
import dev.caravan.storage.ObjectLinks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes presigned links for Caravan's own requests. A player asks for a file in many parts, and signing takes as long as
 * the rest of a request: a link is reused for a while.
 */
final class UpstreamUrls {
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final Duration USED_FOR = Duration.ofMinutes(1);
    private static final int MAX = 1000;

    private final ObjectLinks objectLinks;
    private final Map<MediaFile, Address> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MediaFile, Address> eldest) {
            return size() > MAX;
        }
    };

    /** @param made value of {@link System#nanoTime} */
    private record Address(String url, long made) {
        boolean fresh() {
            return System.nanoTime() - made < USED_FOR.toNanos();
        }
    }

    UpstreamUrls(ObjectLinks objectLinks) {
        this.objectLinks = objectLinks;
    }

    String of(MediaFile file) {
        synchronized (known) {
            Address address = known.get(file);
            if (address != null && address.fresh()) {
                return address.url();
            }
        }
        Address made = new Address(objectLinks.link(file, GOOD_FOR), System.nanoTime());
        synchronized (known) {
            known.put(file, made);
        }
        return made.url();
    }
}
