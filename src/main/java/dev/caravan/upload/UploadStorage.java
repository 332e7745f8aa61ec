package dev.caravan.upload;

import dev.caravan.asset.Assets;
import dev.caravan.storage.Files;

/** The store of uploads: their bytes, and the records that say whether they were accepted. */
record UploadStorage(Files files, Assets assets) {}
