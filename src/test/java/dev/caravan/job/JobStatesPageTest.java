package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JobStatesPageTest {
    private static final Path PAGE = Path.of("docs/job-states.md");

    @Test
    void the_page_of_states_says_what_the_table_of_transitions_says() throws IOException {
        String page = JobStatesPage.text();
        if ("write".equals(System.getProperty("caravan.docs"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("made anew by: mvn -q test -Dtest=JobStatesPageTest -Dcaravan.docs=write")
                .hasContent(page);
    }
}
