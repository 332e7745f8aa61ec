package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path parent;

    @Test
    void is_made_when_it_is_not_there() {
        try (DataFolder data = DataFolder.hold(parent.resolve("a/b"))) {
            assertThat(data.folder("s3")).isDirectory();
        }
    }

    @Test
    void has_one_holder_at_a_time() {
        DataFolder first = DataFolder.hold(parent);

        assertThatThrownBy(() -> DataFolder.hold(parent))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("pid " + ProcessHandle.current().pid())
                .hasMessageContaining("CARAVAN_DATA");
        first.close();
        DataFolder.hold(parent).close();
    }

    @Test
    void says_so_when_it_is_no_folder() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.hold(file))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining(file.toString());
    }
}
