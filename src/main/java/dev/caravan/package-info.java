/** Starts a Caravan: reads the settings, assembles the features and runs the roles. */
package dev.caravan;
