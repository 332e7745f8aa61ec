/** Reads and writes JSON, and times as text in it, the same way in all of Caravan. */
package dev.caravan.json;
