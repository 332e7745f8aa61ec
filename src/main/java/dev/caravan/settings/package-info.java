/** Gives typed access to the settings, and names the setting in every refusal. */
package dev.caravan.settings;
