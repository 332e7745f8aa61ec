package dev.caravan.inputs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Finds files next to the pipelines, such as a logo: those of the integrator first, then those that Caravan ships.
 *
 * @param folders folders of the integrator's pipelines
 */
record PipelineFiles(List<Path> folders) {
    private static final String SHIPPED = "inputs/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    /** Returns the bytes of a file; empty if none has that name, or the name leads out of the folders. */
    Optional<InputStream> open(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        for (Path folder : folders) {
            Path file = folder.resolve(name).normalize();
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                return Optional.of(Files.newInputStream(file));
            }
        }
        return Optional.ofNullable(getClass().getClassLoader().getResourceAsStream(SHIPPED + name));
    }

    /** Returns the hash of a file's bytes; empty if there is no such file. */
    String hash(String name) {
        try (InputStream in = open(name).orElse(InputStream.nullInputStream())) {
            return DigestUtils.sha256Hex(in).substring(0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
