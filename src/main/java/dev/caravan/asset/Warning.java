package dev.caravan.asset;

/** Something that the owner should know about a result that is nevertheless good enough. */
public record Warning(String code, String message) {}
