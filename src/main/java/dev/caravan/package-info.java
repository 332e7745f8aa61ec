/** Starts a Caravan: reads the settings, puts the features together, runs the roles. The one place that knows them all. */
package dev.caravan;
