/** Describes how work fails: the kind decides what happens next; each failure has a stable code, a cause and advice. */
package dev.caravan.failure;
