package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardizeIT {
    @TempDir
    Path root;

    @Test
    void smoke() {
        try (Kamelets kamelets = Kamelets.fast(root)) {
            Kamelets.Run run = kamelets.standardize(Path.of(System.getProperty("smoke")), "");
            System.out.println(run.probe());
            System.out.println(run.converted());
            System.out.println(run.step.warnings + " " + run.body() + run.step.progress);
            assertThat(run.output()).exists();
            java.nio.file.Files.copy(
                    run.output(), Path.of("/tmp/x/smoke.mp4"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
