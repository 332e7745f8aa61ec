package dev.caravan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.json.Json;
import dev.caravan.storage.MediaFile;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFileTest {
    private static final Asset ASSET = Json.convert(Map.of("asset_id", "a", "filename", "clip.mov"), Asset.class);

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource({
        "video/mp4, video/mp4",
        "Video/MP4; codecs=avc1, video/mp4",
        "video/quicktime, video/quicktime",
        "image/jpeg, image/jpeg",
        "text/vtt; charset=utf-8, text/vtt",
        "text/html, application/octet-stream",
        "image/svg+xml, image/svg+xml",
        "application/svg+xml, application/octet-stream",
        "image/x-svg, application/octet-stream",
        "application/json, application/json",
        "text/xml, application/octet-stream",
        "application/xhtml+xml, application/octet-stream",
        "video, application/octet-stream",
        "'video/mp4\r\nx: y', application/octet-stream",
        "'', application/octet-stream",
        ", application/octet-stream",
    })
    void what_an_upload_is_said_to_be_never_runs_in_a_browser(String said, String shown) {
        assertThat(StreamFile.of(ASSET, file("k/a.mov", said, "clip.mov"), null).contentType())
                .isEqualTo(shown);
    }

    @ParameterizedTest(name = "{0} with the label {1} is named {2}")
    @CsvSource({
        "media/a/convert-1.mp4, clip one.mov, clip one.mp4",
        "media/a/convert-1.mp4, clip one.MP4, clip one.MP4",
        "media/a/convert-1.mp4, clip, clip.mp4",
        "media/a/convert-1.mp4, , clip.mp4",
        "media/a/convert-1.mp4, ' ', video.mp4",
        "uploads/noextension, clip.mov, clip.mov",
        "media/a/text-1.vtt, a-subtitles-vtt.vtt, clip-subtitles-vtt.vtt",
    })
    void a_name_says_what_the_file_is_now(String key, String label, String name) {
        assertThat(StreamFile.of(ASSET, file(key, "video/mp4", label), null).name())
                .isEqualTo(name);
    }

    @Test
    void a_drawing_is_told_to_be_one() {
        assertThat(StreamFile.of(ASSET, file("k/a.svg", "image/svg+xml", "a.svg"), null)
                        .drawing())
                .isTrue();
        assertThat(StreamFile.of(ASSET, file("k/a.png", "image/png", "a.png"), null)
                        .drawing())
                .isFalse();
    }

    @Test
    void its_time_is_in_whole_seconds_as_http_tells_it() {
        assertThat(StreamFile.of(ASSET, file("k", null, null), "2026-01-06T10:30:00.999Z")
                        .modified())
                .contains(Instant.parse("2026-01-06T10:30:00Z"));
    }

    private static MediaFile file(String key, String contentType, String label) {
        return new MediaFile("bucket", key, "etag", 1, contentType, label);
    }
}
