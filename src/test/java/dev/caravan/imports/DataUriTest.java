package dev.caravan.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.asset.AssetType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,aGVsbG8=",
                "DATA:Image/PNG;BASE64,aGVsbG8=",
                "data:image/png;name=a.png;base64,aGVs\nbG8",
                "data:image/png;base64,aGVsbG8%3D",
                "data:image/png,hello",
                "data:image/png,%68ello",
            })
    void its_bytes_are_read(String text) throws Exception {
        DataUri read = DataUri.of(text);
        assertThat(DataUri.isMedia(text)).isTrue();
        assertThat(read.type()).isEqualTo(AssetType.IMAGE);
        assertThat(read.shown()).isEqualTo("data:image/png,...");
        Path file = folder.resolve("file");
        assertThat(read.into(file).size()).isEqualTo(5);
        assertThat(file).hasContent("hello");
        Files.delete(file);
    }

    @Test
    void what_is_too_long_or_no_base64_is_refused() {
        assertThatThrownBy(() -> DataUri.of("data:image/png;base64,A")).hasMessageContaining("URL_INVALID");
        assertThatThrownBy(() -> DataUri.of("data:image/png," + "a".repeat(DataUri.MAX)))
                .hasMessageContaining("URL_TOO_LARGE");
        assertThat(DataUri.isMedia("data:text/plain,hello")).isFalse();
    }
}
