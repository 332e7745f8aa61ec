package dev.caravan.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetType;
import dev.caravan.storage.MediaFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineChoiceTest {
    @Test
    void the_route_that_chooses_knows_the_file_whichever_way_it_came() {
        MediaFile file = new MediaFile("caravan", "shorts/a.mp4", "e", 7, "video/mp4", "a.mp4");
        assertThat(PipelineChoice.facts(AssetType.VIDEO, "anna", file, List.of("beach", "sun")))
                .isEqualTo(Map.of(
                        "type", "video",
                        "filename", "a.mp4",
                        "key", "shorts/a.mp4",
                        "owner", "anna",
                        "size", 7L,
                        "tags", "beach,sun"));
        assertThat(PipelineChoice.facts(AssetType.VIDEO, "anna", file, null)).containsEntry("tags", "");
    }
}
