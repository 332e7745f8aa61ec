package dev.caravan.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    @Test
    void a_full_disk_is_seen_behind_what_libraries_wrap_around_it() {
        IOException system = new IOException("No space left on device");
        assertThat(FullDisk.behind(system)).isTrue();
        assertThat(FullDisk.behind(new RuntimeException("Failed to read response into file: /x", system)))
                .isTrue();
        assertThat(FullDisk.behind(new IOException("/work/a: Disk quota exceeded")))
                .isTrue();
    }

    @Test
    void nothing_else_is_taken_for_one() {
        assertThat(FullDisk.behind(new IOException())).isFalse();
        assertThat(FullDisk.behind(new IllegalStateException("Connection reset", new IOException("Broken pipe"))))
                .isFalse();
    }
}
