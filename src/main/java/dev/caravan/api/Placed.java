package dev.caravan.api;

/** What has a place in a list by time. */
interface Placed {
    Position position();
}
