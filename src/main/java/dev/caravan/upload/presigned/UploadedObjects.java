package dev.caravan.upload.presigned;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.failure.StepException;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.media.FileKind;
import dev.caravan.storage.BucketUploads;
import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.upload.UploadProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Compares the object of an announced asset with the announcement, by its size, its checksum and its first bytes. */
final class UploadedObjects {
    private static final Logger LOG = LoggerFactory.getLogger(UploadedObjects.class);
    /** Enough bytes for every known type of file. */
    private static final int BEGINNING = 4096;

    private static final int PRECONDITION_FAILED = 412;
    private static final int LOCKS = 64;

    private final BucketUploads bucketUploads;
    private final Files files;
    private final Path folder;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    /** @param folder for a file's first bytes */
    UploadedObjects(BucketUploads bucketUploads, Files files, Path folder) {
        this.bucketUploads = bucketUploads;
        this.files = files;
        this.folder = folder;
    }

    /** Returns the parts that a client names. */
    static List<BucketUploads.Part> parts(JsonNode body) {
        List<BucketUploads.Part> parts = new ArrayList<>();
        body.path("parts")
                .forEach(part -> parts.add(new BucketUploads.Part(
                        part.path("part_number").asInt(),
                        part.path("etag").asText().replace("\"", ""),
                        0)));
        return parts;
    }

    /**
     * Returns the file of the asset, and makes one object of its parts.
     *
     * @param parts that the client names; none for all in S3
     * @param sha256 that the client names, or null
     * @throws ProblemException {@code UPLOAD_INCOMPLETE}, {@code FILE_SIZE_DIFFERS}, {@code CHECKSUM_DIFFERS}, or 422 with
     *     the code of the failure when its bytes differ from the announcement
     */
    MediaFile find(Asset asset, List<BucketUploads.Part> parts, String sha256) {
        MediaFile file = there(asset, parts);
        if (file.size() != asset.announced().size()) {
            throw sizeDiffers(asset.announced().size(), file.size());
        }
        try {
            FileKind kind = kind(file);
            requireType(asset.type(), kind);
            requireHash(file, asset.announced().sha256());
            requireHash(file, sha256);
            return new MediaFile(
                    file.bucket(), file.key(), file.etag(), file.size(), kind.contentType(), asset.filename());
        } catch (StepException e) {
            throw UploadProblems.of(e);
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                throw incomplete("The file was replaced while it was looked at");
            }
            throw e;
        }
    }

    /** Removes the parts of a file that came in one piece. */
    void settle(Asset asset) {
        String uploadId = asset.announced().uploadId();
        if (uploadId != null) {
            try {
                bucketUploads.abort(asset.source().key(), uploadId);
            } catch (SdkException e) {
                LOG.debug("the parts of asset {} are left to the reconciler: {}", asset.assetId(), e.getMessage());
            }
        }
    }

    private MediaFile there(Asset asset, List<BucketUploads.Part> parts) {
        String key = asset.source().key();
        Optional<MediaFile> there = files.find(key);
        if (there.isEmpty() && asset.announced().uploadId() != null) {
            there = Optional.of(putTogether(key, asset.announced(), parts));
        }
        return there.orElseThrow(() -> incomplete("The file has not come yet"));
    }

    /** Makes one object of the parts. Requests of this process that complete the same file run one after the other. */
    private MediaFile putTogether(String key, ExpectedUpload announced, List<BucketUploads.Part> parts) {
        synchronized (locks[Math.floorMod(key.hashCode(), locks.length)]) {
            Optional<MediaFile> there = files.find(key);
            if (there.isPresent()) {
                return there.get();
            }
            try {
                complete(key, announced, parts);
            } catch (SdkException | ProblemException e) {
                // Another process completed it just now, or S3 did and its answer was lost: then the object is there.
                return files.find(key)
                        .filter(file -> file.size() == announced.size())
                        .orElseThrow(() -> e);
            }
            return files.find(key).orElseThrow(() -> incomplete("The file has not come yet"));
        }
    }

    private void complete(String key, ExpectedUpload announced, List<BucketUploads.Part> parts) {
        List<BucketUploads.Part> named = announced.parts() == null ? parts : BucketUploads.Part.read(announced.parts());
        List<BucketUploads.Part> came = bucketUploads.parts(key, announced.uploadId());
        List<BucketUploads.Part> all = named.isEmpty() ? came : chosen(came, named);
        long size = all.stream().mapToLong(BucketUploads.Part::size).sum();
        if (all.isEmpty()) {
            throw incomplete("No part of the file has come yet");
        } else if (size != announced.size()) {
            throw sizeDiffers(announced.size(), size);
        }
        try {
            bucketUploads.complete(key, announced.uploadId(), all);
        } catch (BucketUploads.PartsDiffer e) {
            throw incomplete("S3 cannot put the parts together: " + e.getCause().getMessage());
        }
    }

    private static List<BucketUploads.Part> chosen(List<BucketUploads.Part> came, List<BucketUploads.Part> named) {
        return named.stream()
                .map(part -> came.stream()
                        .filter(there ->
                                there.number() == part.number() && there.etag().equals(part.etag()))
                        .findFirst()
                        .orElseThrow(() ->
                                incomplete("S3 has no part %d with the etag %s".formatted(part.number(), part.etag()))))
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
    }

    private FileKind kind(MediaFile file) {
        Path beginning = null;
        try {
            beginning = java.nio.file.Files.createTempFile(folder, "head", null);
            java.nio.file.Files.write(beginning, bucketUploads.beginning(file, BEGINNING));
            return FileKind.of(beginning);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            UploadParts.remove(beginning);
        }
    }

    /** Checks the type. The probe decides whether a video has pictures. */
    private static void requireType(AssetType announced, FileKind kind) {
        boolean sound = kind.contentType().startsWith("audio/");
        boolean fits =
                switch (announced) {
                    case IMAGE -> kind.picture();
                    case VIDEO -> !kind.picture() && !sound;
                    case AUDIO -> !kind.picture();
                };
        if (!fits) {
            throw StepException.permanent(
                    "TYPE_MISMATCH",
                    "The file is of the type %s, and was announced as %s"
                            .formatted(kind.contentType(), announced.word()),
                    "Announce it with the type that it has.");
        }
    }

    private void requireHash(MediaFile file, String expected) {
        if (expected == null) {
            return;
        }
        String found = bucketUploads.sha256(file);
        if (!found.equalsIgnoreCase(expected)) {
            throw new ProblemException(
                    ProblemCode.CHECKSUM_DIFFERS,
                    "The SHA-256 of the file is %s, and was announced as %s".formatted(found, expected),
                    "Send the file again, then complete it.");
        }
    }

    static ProblemException sizeDiffers(long announced, long found) {
        return new ProblemException(
                ProblemCode.FILE_SIZE_DIFFERS,
                "%d bytes were announced, and %d have come".formatted(announced, found),
                "Send the file as it was announced, or announce it anew.");
    }

    private static ProblemException incomplete(String why) {
        return new ProblemException(
                ProblemCode.UPLOAD_INCOMPLETE, why, "Put all of it where the announcement said, then complete it.");
    }
}
