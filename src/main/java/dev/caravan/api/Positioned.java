package dev.caravan.api;

/** What has a place in a list by time. */
interface Positioned {
    Position position();
}
