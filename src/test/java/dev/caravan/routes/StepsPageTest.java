package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StepsPageTest {
    private static final Path PAGE = Path.of("docs/steps.md");

    @Test
    void the_page_of_steps_says_what_the_kamelets_say() throws IOException {
        String page = StepsPage.of(YamlFile.ownKamelets())
                + new PipelinesSection(YamlFile.ownKamelets()).of(YamlFile.ownPipelines());
        if ("write".equals(System.getProperty("caravan.docs"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("made anew by: mvn -q test -Dtest=StepsPageTest -Dcaravan.docs=write")
                .hasContent(page);
    }
}
