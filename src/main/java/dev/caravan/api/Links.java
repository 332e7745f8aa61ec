package dev.caravan.api;

import dev.caravan.asset.Asset;
import dev.caravan.asset.Derivative;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import dev.caravan.storage.ObjectLinks;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** Makes the links that the API returns. */
interface Links {
    String KEY = "caravan.links";

    /** Returns a link to the asset's current file. */
    String to(Asset asset);

    String to(Asset asset, Derivative derivative);

    /** Returns the links that the setting {@code caravan.links} names. */
    static Links of(Settings settings, ObjectLinks presigned) {
        String kind = settings.text(KEY);
        return switch (kind) {
            case "api" -> new OfApi(base(settings));
            case "presigned" -> toS3(settings, presigned);
            default -> throw new InvalidSetting(KEY, kind, "it must be api or presigned");
        };
    }

    /** Returns presigned links, whatever the setting is. */
    static Links toS3(Settings settings, ObjectLinks presigned) {
        return new OfS3(presigned, settings.duration("caravan.s3.presigned-expiration"));
    }

    /** Returns the address where clients reach this Caravan. Clients cannot use an address that stands for all addresses. */
    static String base(Settings settings) {
        return settings.find("caravan.http.url")
                .orElseGet(() -> {
                    String host = settings.text("caravan.http.host");
                    String name = Set.of("0.0.0.0", "::", "[::]").contains(host) ? "127.0.0.1" : host;
                    return "http://" + (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":"
                            + settings.number("caravan.http.port");
                })
                .replaceAll("/+$", "");
    }

    /** Links to {@code /api/stream}, which never expire. */
    record OfApi(String base) implements Links {
        @Override
        public String to(Asset asset) {
            return base + "/api/stream/" + encoded(asset.assetId());
        }

        @Override
        public String to(Asset asset, Derivative derivative) {
            return to(asset) + "?type=" + encoded(derivative.type());
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** Links to S3 itself: every client that has one can open the file until it expires. */
    record OfS3(ObjectLinks presigned, Duration expiration) implements Links {
        @Override
        public String to(Asset asset) {
            return presigned.link(asset.file(), expiration);
        }

        @Override
        public String to(Asset asset, Derivative derivative) {
            return presigned.link(derivative.file(), expiration);
        }
    }
}
