package dev.caravan.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTextsTest {
    private static final int BEFORE_THE_DATA = 33;

    @TempDir
    Path folder;

    @Test
    void many_compressed_texts_are_left_out_and_nothing_else() throws IOException {
        byte[] png = png();
        Path bomb = Files.write(folder.resolve("bomb.png"), with(with(png, "zTXt", 40_000), "iTXt", 40_000));
        Path plain = PngTexts.without(bomb, folder);
        assertThat(plain).isNotEqualTo(bomb).hasBinaryContent(png);
        assertThat(PngTexts.without(bomb, folder)).as("a second attempt").hasBinaryContent(png);
    }

    @Test
    void a_picture_with_a_usual_comment_is_taken_as_it_is() throws IOException {
        Path usual = Files.write(folder.resolve("usual.png"), with(with(png(), "zTXt", 400), "tEXt", 90_000));
        assertThat(PngTexts.without(usual, folder)).isEqualTo(usual);
    }

    @Test
    void a_picture_that_is_cut_within_a_text_is_copied_up_to_there() throws IOException {
        byte[] whole = with(png(), "zTXt", 90_000);
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, 5_000));
        assertThat(PngTexts.without(cut, folder)).hasBinaryContent(Arrays.copyOf(whole, BEFORE_THE_DATA));
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }

    private static byte[] with(byte[] png, String type, int length) {
        ByteBuffer more = ByteBuffer.allocate(png.length + length + 12);
        more.put(png, 0, BEFORE_THE_DATA).putInt(length).put(type.getBytes(StandardCharsets.US_ASCII));
        more.position(more.position() + length + 4);
        return more.put(png, BEFORE_THE_DATA, png.length - BEFORE_THE_DATA).array();
    }
}
