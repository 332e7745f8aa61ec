package dev.caravan.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds parts of commands that several Kamelets share, by name: {@code use sound-stereo} inserts that file's lines. */
@FunctionalInterface
public interface FragmentFiles {
    /** Extension of their names. */
    String EXTENSION = ".ffmpeg";

    /** The files shipped with Caravan, from {@code ffmpeg/} on the class path. */
    FragmentFiles SHIPPED = name -> {
        try (InputStream in = FragmentFiles.class.getResourceAsStream("/ffmpeg/" + name + EXTENSION)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    /**
     * Returns the text of one file.
     *
     * @param name lower case, digits and hyphens
     */
    Optional<String> find(String name);

    /** Looks here first, and then in {@code others}: a Kamelet's own folder has precedence over the shipped files. */
    default FragmentFiles before(FragmentFiles others) {
        return name -> find(name).or(() -> others.find(name));
    }
}
