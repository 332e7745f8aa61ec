package dev.caravan.media;

public final class MediaBeans {
    public static void bind(
            org.apache.camel.spi.Registry r,
            dev.caravan.settings.Settings s,
            dev.caravan.storage.Files f,
            org.apache.camel.CamelContext c) {}
}
