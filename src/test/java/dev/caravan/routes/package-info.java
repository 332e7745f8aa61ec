/**
 * Checks of the YAML itself - routes, Kamelets and the settings that they read - as an integrator and Kaoto see it. Nothing
 * is started here; that the routes do what they say is for the features' own tests.
 */
package dev.caravan.routes;
