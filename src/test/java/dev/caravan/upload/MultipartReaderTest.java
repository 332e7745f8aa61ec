package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
    private static final String BOUNDARY = "----x";

    private static final class Seen implements MultipartReader.Parts {
        final List<String> events = new ArrayList<>();
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        @Override
        public void begin(PartHeader header) {
            events.add(header.name() + "|" + header.filename() + "|" + header.contentType());
        }

        @Override
        public void data(byte[] bytes, int from, int length) {
            data.write(bytes, from, length);
        }

        @Override
        public void end() {
            events.add(data.toString(StandardCharsets.ISO_8859_1));
            data.reset();
        }
    }

    private static List<String> read(String body, int piece) {
        Seen seen = new Seen();
        MultipartReader reader = new MultipartReader(BOUNDARY, seen);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += piece) {
            reader.feed(bytes, i, Math.min(bytes.length - i, piece));
        }
        reader.finish();
        return seen.events;
    }

    private static String part(String headers, String data) {
        return "------x\r\n" + headers + "\r\n\r\n" + data + "\r\n";
    }

    @Test
    void parts_are_the_same_whatever_the_pieces_in_which_they_come() {
        String data = "a\r\n-----y\r\n------\r\r\n--- -x\n\r\n\r\n\r\n-";
        String body = part("Content-Disposition: form-data; name=\"one\"", data)
                + part("content-disposition:form-data;name=two;filename=\"b.mp4\"\r\nContent-Type: Video/MP4; a=b", "")
                + "------x--\r\nwhatever";
        for (int piece = 1; piece <= body.length(); piece++) {
            assertThat(read(body, piece)).containsExactly("one|null|null", data, "two|b.mp4|video/mp4", "");
        }
    }

    @Test
    void what_stands_before_the_first_boundary_does_not_matter() {
        String body = "preamble\r\n" + part("Content-Disposition: form-data; name=a", "1") + "------x--";
        assertThat(read(body, 7)).containsExactly("a|null|null", "1");
    }

    @Test
    void spaces_may_follow_a_boundary_and_a_part_needs_no_headers() {
        assertThat(read("------x  \t\r\n\r\n1\r\n------x--", 3)).containsExactly("null|null|null", "1");
    }

    @Test
    void random_bytes_come_out_as_they_went_in() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            byte[] bytes = new byte[random.nextInt(5000)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "\r\n-x".charAt(random.nextInt(4));
            }
            String data = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n------x", "");
            String body = part("Content-Disposition: form-data; name=a", data) + "------x--";
            assertThat(read(body, 1 + random.nextInt(300))).containsExactly("a|null|null", data);
        }
    }

    @Test
    void a_body_that_ends_too_early_or_is_none_at_all_is_malformed() {
        String whole = part("Content-Disposition: form-data; name=a", "1") + "------x--";
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> read(cut, 5)).as(cut).isInstanceOf(MalformedBody.class);
        }
        for (String body : List.of(
                "garbage",
                "------xx\r\n\r\n",
                "------x\r\nno colon\r\n\r\n1\r\n------x--",
                "------x\r\n" + "a: b\r\n".repeat(3000),
                part("a: b", "1").repeat(100) + "------x--")) {
            assertThatThrownBy(() -> read(body, 100)).as(body).isInstanceOf(MalformedBody.class);
        }
    }

    @Test
    void an_empty_form_is_told_to_be_empty() {
        for (int piece = 1; piece < 20; piece++) {
            int size = piece;
            assertThatThrownBy(() -> read("------x\r\n------x--\r\n", size))
                    .hasMessage("it holds its boundary, and no part");
        }
        assertThat(read("------x--\r\n", 3)).isEmpty();
        assertThatThrownBy(() -> read("------x\r\nContent-Dis", 3)).hasMessage("it ends in the middle");
        assertThatThrownBy(() -> read("------y\r\n", 3)).hasMessageContaining("does not hold the boundary");
    }

    @Test
    void a_part_that_is_encoded_is_refused_and_not_stored_as_it_is() {
        String headers = "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: ";
        assertThatThrownBy(() -> read(part(headers + "base64", "aGk=") + "------x--", 9))
                .hasMessageContaining("encoded as base64");
        assertThat(read(part(headers + "Binary", "1") + "------x--", 9)).containsExactly("a|null|null", "1");
    }

    @Test
    void names_in_latin_1_are_read_too() {
        Seen seen = new Seen();
        MultipartReader reader = new MultipartReader(BOUNDARY, seen);
        byte[] bytes = (part("Content-Disposition: form-data; name=a; filename=\"caf\u00e9.mp4\"", "1") + "------x--")
                .getBytes(StandardCharsets.ISO_8859_1);
        reader.feed(bytes, 0, bytes.length);
        reader.finish();
        assertThat(seen.events).containsExactly("a|caf\u00e9.mp4|null", "1");
    }

    @Test
    void file_names_come_as_clients_write_them() {
        assertThat(name("filename=\"a;b=c, d.mp4\"")).isEqualTo("a;b=c, d.mp4");
        assertThat(name("filename=\"a \\\"b\\\".mp4\"")).isEqualTo("a \"b\".mp4");
        assertThat(name("filename=\"C:\\dir\\a.mp4\"")).isEqualTo("C:\\dir\\a.mp4");
        assertThat(name("filename=plain.mp4; size=3")).isEqualTo("plain.mp4");
        assertThat(name("filename=\"x.mp4\"; filename*=utf-8''na%C3%AFve+%F0%9F%8E%AC.mp4"))
                .isEqualTo("naïve+\uD83C\uDFAC.mp4");
        assertThat(name("filename=\"x.mp4\"; filename*=nonsense''%zz")).isEqualTo("x.mp4");
        assertThat(name("filename=\"\uD83C\uDFAC.mp4\"")).isEqualTo("\uD83C\uDFAC.mp4");
        assertThat(name("name2=a")).isNull();
    }

    private static String name(String parameter) {
        return PartDisposition.parse("form-data; name=\"video\"; " + parameter).filename();
    }
}
