/**
 * How work fails: four kinds, each with a stable code, a cause in plain words and advice.
 *
 * <p>A leaf: it knows no other package, and every other one may throw what it defines.
 */
package dev.caravan.failure;
