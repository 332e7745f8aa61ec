package dev.caravan.ingest;

import dev.caravan.storage.MediaFile;

/** An uploaded object with the id of its asset. */
public record Upload(String assetId, MediaFile file, String sequencer) {}
