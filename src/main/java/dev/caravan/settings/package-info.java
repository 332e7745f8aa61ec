/** Typed access to the settings; a leaf that every feature may use. */
package dev.caravan.settings;
