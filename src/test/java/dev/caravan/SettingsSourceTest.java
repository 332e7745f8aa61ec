package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the places where a setting may stand decides. */
class SettingsSourceTest {
    @TempDir
    Path folder;

    @Test
    void the_users_file_changes_what_we_ship_and_is_itself_overruled() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.properties"), "caravan.worker.concurrency=3\ncaravan.worker.slots=2\n");
        Settings settings = SettingsSource.before(Map.of("caravan.worker.slots", "5"), file.toString());
        assertThat(settings.number("caravan.worker.concurrency")).isEqualTo(3);
        assertThat(settings.number("caravan.worker.slots")).isEqualTo(5);
        assertThat(settings.duration("caravan.worker.lease")).hasSeconds(30);
    }

    @Test
    void a_file_that_is_not_there_changes_nothing() {
        Settings settings = SettingsSource.before(
                Map.of(), folder.resolve("none.properties").toString());
        assertThat(settings.number("caravan.worker.concurrency")).isEqualTo(8);
    }
}
