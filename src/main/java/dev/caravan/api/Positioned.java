package dev.caravan.api;

/** An entry with a place in a list by time. */
interface Positioned {
    Position position();
}
