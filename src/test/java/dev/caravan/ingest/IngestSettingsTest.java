package dev.caravan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetType;
import dev.caravan.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
    @Test
    void what_is_no_upload_is_named() {
        IngestSettings settings = settings(Map.of());
        assertThat(settings.ignored("b", "uploads/clip one.MOV")).isEmpty();
        assertThat(settings.ignored("b", "uploads/a/b/clip.mp4")).isEmpty();
        assertThat(settings.ignored("other", "uploads/clip.mov")).contains("other-bucket");
        assertThat(settings.ignored("b", "uploads/folder.mp4/")).contains("folder");
        assertThat(settings.ignored("b", "media/default/1/2/convert-1.mp4")).contains("own-output");
        assertThat(settings.ignored("b", "elsewhere/clip.mp4")).contains("prefix");
        assertThat(settings.ignored("b", "uploads/notes.txt")).contains("extension");
        assertThat(settings.ignored("b", "uploads/noextension")).contains("extension");
        assertThat(settings.ignored("b", "uploads/.mp4x")).contains("extension");
    }

    @Test
    void extensions_may_come_as_a_json_array_and_without_dots() {
        IngestSettings settings = settings(Map.of("caravan.ingest.allowed-extensions", "[\"mp4\", \".MOV\"]"));
        assertThat(settings.extensions()).containsExactlyInAnyOrder(".mp4", ".mov");
    }

    @Test
    void an_own_output_starts_nothing_even_where_every_key_is_an_upload() {
        IngestSettings settings = settings(Map.of("caravan.ingest.prefixes", "uploads/,media/"));
        assertThat(settings.ignored("b", "media/x.mp4")).contains("own-output");
    }

    @Test
    void the_owner_comes_from_the_key_when_a_pattern_says_where() {
        IngestSettings settings = settings(Map.of("caravan.ingest.owner-from-key", "^uploads/([^/]+)/"));
        assertThat(settings.owner("uploads/anna/clip.mov")).isEqualTo("anna");
        assertThat(settings.owner("uploads/clip.mov")).isEqualTo("default");
        assertThat(settings(Map.of()).owner("uploads/anna/clip.mov")).isEqualTo("default");
    }

    @Test
    void an_owner_that_would_be_a_path_is_not_taken() {
        IngestSettings settings = settings(Map.of("caravan.ingest.owner-from-key", "^uploads/([^/]+)/"));
        for (String owner : new String[] {"..", ".", "-x", "a b", "ä", "a%2F..", "x".repeat(65)}) {
            assertThat(settings.owner("uploads/" + owner + "/clip.mov"))
                    .as(owner)
                    .isEqualTo("default");
        }
    }

    @Test
    void the_type_is_what_the_name_promises() {
        assertThat(IngestSettings.type("a/b.MOV")).isEqualTo(AssetType.VIDEO);
        assertThat(IngestSettings.type("a/b.jpeg")).isEqualTo(AssetType.IMAGE);
        assertThat(IngestSettings.type("a/b.mp3")).isEqualTo(AssetType.AUDIO);
    }

    private static IngestSettings settings(Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "caravan.s3.bucket", "b",
                "caravan.ingest.prefixes", "uploads/",
                "caravan.ingest.allowed-extensions", ".mp4,.mov"));
        all.putAll(changes);
        return IngestSettings.of(new Settings(key -> Optional.ofNullable(all.get(key))));
    }
}
