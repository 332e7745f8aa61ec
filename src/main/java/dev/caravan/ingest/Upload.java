package dev.caravan.ingest;

import dev.caravan.storage.MediaFile;

/** An uploaded object with the id of the asset that it is. */
public record Upload(String assetId, MediaFile file, String sequencer) {}
