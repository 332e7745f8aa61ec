/** Holds the records of assets: media files with their status, current file and derivatives. */
package dev.caravan.asset;
