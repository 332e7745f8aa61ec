package dev.caravan.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Holds the random secrets of one data folder: created once, readable only by the owner, the same at every start. */
record Credentials(
        @JsonProperty("access_key") String accessKey,
        @JsonProperty("secret_key") String secretKey,
        @JsonProperty("redis_password") String redisPassword) {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads {@code credentials.json} in the folder, or creates it. */
    static Credentials of(Path folder) {
        Path file = folder.resolve("credentials.json");
        try {
            if (!Files.exists(file)) {
                write(file, random());
            }
            return JSON.readValue(file.toFile(), Credentials.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make " + file + ": " + e.getMessage(), e);
        }
    }

    /** Has the length and alphabet that AWS uses, so that every client accepts it. */
    private static Credentials random() {
        SecureRandom random = new SecureRandom();
        return new Credentials("CARAVAN" + text(random, UPPER, 13), text(random, MIXED, 40), text(random, MIXED, 32));
    }

    private static String text(SecureRandom random, String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(alphabet::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    /** Writes the file atomically, so that a crash never leaves half a file, and never readable by others in between. */
    private static void write(Path file, Credentials credentials) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), credentials);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves the secrets out: a record in a log line must not show them. */
    @Override
    public String toString() {
        return "Credentials[" + accessKey + "]";
    }
}
