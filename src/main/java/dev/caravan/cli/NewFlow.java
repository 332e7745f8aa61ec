package dev.caravan.cli;

import dev.caravan.Caravan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file from a template in {@code new/}. */
final class NewFlow {
    private NewFlow() {}

    /** @throws ApiConnection.Refused for a name that is not valid, or that a flow already has */
    static Path write(String template, String name, String file) throws IOException {
        if (!name.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new ApiConnection.Refused(
                    "'%s' cannot be a name. Use lower-case letters, digits and dashes.".formatted(name), 2);
        }
        Path path = Caravan.pipelinesFolder().resolve(file).toAbsolutePath().normalize();
        Files.createDirectories(path.getParent());
        try (InputStream in = NewFlow.class.getResourceAsStream("/new/" + template)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("NAME", name);
            return Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new ApiConnection.Refused("%s is there already. Choose another name, or edit it.".formatted(path), 1);
        }
    }
}
