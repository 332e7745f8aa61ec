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

/** The links that the API hands out. */
interface Links {
    String KEY = "caravan.links";

    /** To the asset's file of the moment. */
    String to(Asset asset);

    String to(Asset asset, Derivative derivative);

    /** Those that the setting {@code caravan.links} asks for. */
    static Links of(Settings settings, ObjectLinks presigned) {
        String kind = settings.text(KEY);
        return switch (kind) {
            case "api" -> new OfApi(base(settings));
            case "presigned" -> toS3(settings, presigned);
            default -> throw new InvalidSetting(KEY, kind, "it must be api or presigned");
        };
    }

    /** Presigned ones, whatever the setting says. */
    static Links toS3(Settings settings, ObjectLinks presigned) {
        return new OfS3(presigned, settings.duration("caravan.s3.presigned-expiration"));
    }

    /** Where clients reach this Caravan: an address that stands for all of them is none that a client could use. */
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

    /** Links to S3 itself: whoever has one can open the file for a while. */
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
