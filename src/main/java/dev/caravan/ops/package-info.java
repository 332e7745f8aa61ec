/** Holds what operators need to run Caravan: provisioning, health checks, the doctor and metrics. */
package dev.caravan.ops;
