package dev.caravan.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_file_of_the_integrator_stands_before_the_shipped_one() throws IOException {
        PipelineFiles files = new PipelineFiles(List.of(folder));
        String shipped = files.hash("watermark.png");
        Files.writeString(folder.resolve("watermark.png"), "mine");
        assertThat(files.open("watermark.png").orElseThrow().readAllBytes())
                .asString()
                .isEqualTo("mine");
        assertThat(files.hash("watermark.png")).isNotEqualTo(shipped);
    }

    @Test
    void no_name_leads_out_of_the_folders() throws IOException {
        Files.writeString(folder.resolve("secret"), "no");
        Path inner = Files.createDirectory(folder.resolve("inner"));
        PipelineFiles files = new PipelineFiles(List.of(inner));
        assertThat(files.open("../secret")).isEmpty();
        assertThat(files.open(folder.resolve("secret").toString())).isEmpty();
        assertThat(files.open("a/../../secret")).isEmpty();
    }
}
