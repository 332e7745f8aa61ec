package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayNameTest {
    @Test
    void a_label_is_one_line_without_folders() {
        assertThat(DisplayName.of("../../etc/x.mp4")).isEqualTo("x.mp4");
        assertThat(DisplayName.of("C:\\Users\\me\\x.mp4")).isEqualTo("x.mp4");
        assertThat(DisplayName.of("-rf \"x\".mp4")).isEqualTo("-rf \"x\".mp4");
        assertThat(DisplayName.of("a\r\nb\u0000\u202Egpj.mp4")).isEqualTo("abgpj.mp4");
        assertThat(DisplayName.of(" x.mp4 ")).isEqualTo("x.mp4");
        assertThat(DisplayName.of("\uD83D\uDC68\u200D\uD83D\uDC69.mp4"))
                .isEqualTo("\uD83D\uDC68\u200D\uD83D\uDC69.mp4");
    }

    @Test
    void a_label_has_255_characters_at_most_and_no_half_ones() {
        assertThat(DisplayName.of("a".repeat(300))).hasSize(255);
        assertThat(DisplayName.of("a".repeat(300) + ".mp4")).hasSize(255).endsWith("aa.mp4");
        assertThat(DisplayName.of("\uD83C\uDFAC".repeat(200) + ".mp4"))
                .hasSize(254)
                .endsWith(".mp4");
        assertThat(DisplayName.of("a." + "b".repeat(300))).hasSize(255);
        assertThat(DisplayName.of("a" + "\uD83C\uDFAC".repeat(200))).hasSize(255);
        assertThat(DisplayName.of("\uD83C\uDFAC".repeat(200))).hasSize(254);
    }

    @Test
    void what_is_no_name_is_no_label() {
        for (String name : new String[] {null, "", "..", "a/", "\n", "/"}) {
            assertThat(DisplayName.of(name)).as(name).isNull();
        }
    }
}
