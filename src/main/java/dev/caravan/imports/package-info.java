/** Imports: media that come by URL. Holds the handling of the request, and the step that fetches the file. */
package dev.caravan.imports;
