package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubtitleKeyTest {
    private static final SubtitleKey ALLOWED = new SubtitleKey(List.of("uploads/", "inbox/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uploads/a.srt",
                "inbox/x/y/Film 2 (de).SRT",
                "uploads/a.vtt",
                "media/anna/asset1/job1/subtitles.srt",
                "uploads/..srt"
            })
    void the_assets_own_folder_and_uploads_may_be_read(String key) {
        assertThatCode(() -> ALLOWED.check(key, "anna", "asset1")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "media/anna/asset2/a.srt",
                "media/anna/asset1",
                "media/anna/asset10/a.srt",
                "media/eve/asset1/a.srt",
                "secret/a.srt",
                "uploads/../media/eve/asset9/a.srt",
                "uploads/./a.srt",
                "uploads//a.srt",
                "/uploads/a.srt",
                "uploads/a\\..\\b.srt",
                "uploads/a\n.srt",
                "uploads/a.mp4",
                "uploads/",
                "uploads/.srt/",
                "s3://bucket/uploads/a.srt",
            })
    void nothing_else_may(String key) {
        assertThatThrownBy(() -> ALLOWED.check(key, "anna", "asset1")).hasMessageContaining("SUBTITLES_REFUSED");
    }
}
