/** Running a Caravan: what must exist in the cloud, and whether everything is well. */
package dev.caravan.ops;
