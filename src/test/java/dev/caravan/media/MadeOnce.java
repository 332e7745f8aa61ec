package dev.caravan.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Media that FFmpeg makes from its own sources, made once for all tests of a build: {@code target/media} keeps each file
 * under the hash of its command. A test gets a copy, because some tests change their files.
 */
final class MadeOnce {
    private static final Path KEPT = Path.of("target", "media").toAbsolutePath();

    private MadeOnce() {}

    /** Makes {@code file} with {@code command}, whose last argument it is, or copies what the same command made before. */
    static Path make(Path file, List<String> command) {
        List<String> before = command.subList(0, command.size() - 1);
        if (!isSelfContained(before, file)) {
            Clips.run(command);
            return file;
        }
        try {
            Path kept = KEPT.resolve(hash(before) + ending(file));
            if (!Files.exists(kept)) {
                Clips.run(command);
                keep(file, kept);
                return file;
            }
            return Files.copy(kept, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command with an input file, or with a further output, depends on more than its arguments. */
    static boolean isSelfContained(List<String> arguments, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return IntStream.range(0, arguments.size())
                        .filter(i -> arguments.get(i).equals("-i"))
                        .allMatch(i -> i > 1
                                && arguments.get(i - 1).equals("lavfi")
                                && arguments.get(i - 2).equals("-f"))
                && arguments.stream()
                        .noneMatch(argument -> argument.contains(folder.toString())
                                || argument.contains("movie=")
                                || argument.contains(System.getProperty("java.io.tmpdir") + "/"));
    }

    /** Other JVMs of the same build may keep the same file at the same time: each moves a complete one. */
    private static void keep(Path file, Path kept) throws IOException {
        Files.createDirectories(KEPT);
        Path draft = Files.createTempFile(KEPT, "draft-", null);
        Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private static String hash(List<String> arguments) {
        try {
            byte[] text = String.join("\0", arguments).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
