package dev.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path folder;

    @Test
    void what_is_made_is_for_its_owner_alone() throws IOException {
        assertThat(mode(PrivateFolder.in(folder.resolve("a/b")))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(PrivateFolder.around(folder.resolve("c/d")))).isEqualTo("rwx------");
    }

    @Test
    void what_was_open_is_closed() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(mode(PrivateFolder.in(open))).isEqualTo("rwx------");
    }

    @Test
    void a_folder_around_private_ones_is_left_as_it_is() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(mode(PrivateFolder.around(open))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_link_and_a_file_are_no_folder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertThatThrownBy(() -> PrivateFolder.in(link)).isInstanceOf(IOException.class);
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PrivateFolder.in(file)).isInstanceOf(IOException.class);
    }

    @Test
    void a_folder_that_somebody_else_made_is_refused() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a folder away");
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.setAttribute(theirs, "unix:uid", 65534);
        assertThatThrownBy(() -> PrivateFolder.in(theirs)).hasMessageContaining("belongs to");
        assertThatThrownBy(() -> PrivateFolder.around(theirs)).hasMessageContaining("belongs to");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
