package dev.caravan.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.caravan.failure.StepException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final HostAddresses NOBODY = host -> {
        throw new UnknownHostException(host);
    };
    private static final AddressGuard STRICT = new AddressGuard(NOBODY, Set.of(), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1/                       | loopback",
                "http://127.255.255.254/                 | loopback",
                "http://[::1]/                           | loopback",
                "http://[0:0:0:0:0:0:0:1]:8080/          | loopback",
                "http://0.0.0.0/                         | unspecified",
                "http://0.1.2.3/                         | unspecified",
                "http://[::]/                            | unspecified",
                "http://10.0.0.1/                        | private",
                "http://172.16.0.1/                      | private",
                "http://172.31.255.255/                  | private",
                "http://192.168.1.1/                     | private",
                "http://[fc00::1]/                       | private",
                "http://[fdff:ffff::1]/                  | private",
                "http://[fec0::1]/                       | private",
                "http://100.64.0.1/                      | shared by a provider's customers",
                "http://100.127.255.255/                 | shared by a provider's customers",
                "http://169.254.0.1/                     | link-local",
                "http://[fe80::1]/                       | link-local",
                "http://169.254.169.254/latest/meta-data | a cloud's metadata service",
                "http://169.254.170.2/v2/credentials     | a cloud's metadata service",
                "http://100.100.100.200/                 | a cloud's metadata service",
                "http://168.63.129.16/                   | a cloud's metadata service",
                "http://[fd00:ec2::254]/                 | a cloud's metadata service",
                "http://192.0.2.1/                       | for documentation",
                "http://198.51.100.1/                    | for documentation",
                "http://203.0.113.9/                     | for documentation",
                "http://[2001:db8::1]/                   | for documentation",
                "http://[3fff::1]/                       | for documentation",
                "http://198.18.0.1/                      | for benchmarks",
                "http://192.0.0.8/                       | for protocols",
                "http://192.88.99.1/                     | for protocols",
                "http://[2001::1]/                       | for protocols",
                "http://[2001:2::1]/                     | for protocols",
                "http://224.0.0.1/                       | multicast",
                "http://239.255.255.255/                 | multicast",
                "http://[ff02::1]/                       | multicast",
                "http://255.255.255.255/                 | broadcast",
                "http://240.0.0.1/                       | reserved",
                "http://[::127.0.0.1]/                   | an IPv4 address inside IPv6",
                "http://[::8.8.8.8]/                     | an IPv4 address inside IPv6",
                "http://[64:ff9b::7f00:1]/               | an IPv4 address inside IPv6",
                "http://[64:ff9b::8.8.8.8]/              | an IPv4 address inside IPv6",
                "http://[64:ff9b:1::1]/                  | an IPv4 address inside IPv6",
                "http://[2002:7f00:1::]/                 | an IPv4 address inside IPv6",
                "http://[::ffff:127.0.0.1]/              | an IPv4 address inside an IPv6 one",
                "http://[::ffff:7f00:1]/                 | an IPv4 address inside an IPv6 one",
                "http://[::ffff:8.8.8.8]/                | an IPv4 address inside an IPv6 one",
                "http://[0:0:0:0:0:ffff:a9fe:a9fe]/      | an IPv4 address inside an IPv6 one",
                "http://[100::1]/                        | outside the public internet",
                "http://[4000::1]/                       | outside the public internet",
                "http://2130706433/                      | a number that programs read in different ways",
                "http://0x7f000001/                      | a number that programs read in different ways",
                "http://0x7f.0.0.1/                      | a number that programs read in different ways",
                "http://0177.0.0.1/                      | a number that programs read in different ways",
                "http://017700000001/                    | a number that programs read in different ways",
                "http://127.1/                           | a number that programs read in different ways",
                "http://127.0.1/                         | a number that programs read in different ways",
                "http://127.0.0.01/                      | a number that programs read in different ways",
                "http://10.0.0.256/                      | a number that programs read in different ways",
                "http://8.8.8.08/                        | a number that programs read in different ways",
                "http://1.2.3.4.5/                       | a number that programs read in different ways",
                "http://0x/                              | a number that programs read in different ways",
                "http://127.0.0.1./                      | loopback",
                "http://１２７.０.０.１/                  | loopback",
                "http://127。0。0。1/                      | loopback",
                "http://①②⑦.0.0.1/                       | loopback",
                "http://user@example.com/                | a user name or password",
                "http://user:secret@example.com/         | a user name or password",
                "http://8.8.8.8@127.0.0.1/               | a user name or password",
                "http://@127.0.0.1/                      | a user name or password",
                "ftp://example.com/                      | only http and https",
                "file:///etc/passwd                      | only http and https",
                "gopher://example.com/                   | only http and https",
                "jar:http://example.com!/                | only http and https",
                "//example.com/                          | only http and https",
                "example.com/video.mp4                   | only http and https",
            })
    void what_is_not_the_public_internet_is_refused(String url, String why) {
        assertThatThrownBy(() -> STRICT.addresses(FetchTarget.of(url)))
                .asInstanceOf(type(StepException.class))
                .satisfies(thrown -> {
                    assertThat(thrown.failure().code()).isEqualTo("URL_REFUSED");
                    assertThat(thrown.failure().message()).contains(why);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "http:///video.mp4",
                "http:video.mp4",
                "no url",
                "http://exa mple.com/",
                "http://exam\u0001ple.com/",
                "http://example.com\\@127.0.0.1/",
                "http://127.0.0.%31/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:99999999999/",
                "http://example.com:80:80/",
                "http://[fe80::1%25eth0]/",
                "http://[127.0.0.1]/",
                "http://[::1/",
                "http://[::1]x/",
                "http://a..b/",
                "http://-a.example/",
                "http://example.com\\.local@127.0.0.1/",
                "http://8.8.8.8\\@127.0.0.1?x",
                "http://exa<mple.com/",
                "http://a\u202eb.example/",
                "http://xn--a.example/",
            })
    void what_cannot_be_read_is_no_url(String url) {
        assertThatThrownBy(() -> FetchTarget.of(url))
                .asInstanceOf(type(StepException.class))
                .extracting(thrown -> thrown.failure().code())
                .isEqualTo("URL_INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "http://8.8.8.8/, 8.8.8.8",
        "https://1.1.1.1:8443/a, 1.1.1.1",
        "http://172.15.0.1/, 172.15.0.1",
        "http://172.32.0.1/, 172.32.0.1",
        "http://100.63.255.255/, 100.63.255.255",
        "http://[2606:4700:4700::1111]/, 2606:4700:4700:0:0:0:0:1111",
    })
    void public_addresses_are_open(String url, String address) {
        assertThat(STRICT.addresses(FetchTarget.of(url)))
                .extracting(InetAddress::getHostAddress)
                .containsExactly(address);
    }

    @Test
    void of_the_addresses_of_a_name_only_public_ones_are_used() throws Exception {
        List<InetAddress> both = List.of(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("8.8.8.8"));
        assertThat(new AddressGuard(host -> both, Set.of(), List.of())
                        .addresses(FetchTarget.of("http://mixed.example/")))
                .containsExactly(InetAddress.getByName("8.8.8.8"));
    }

    @Test
    void a_name_with_a_mapped_address_is_refused_by_the_address_inside() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        List<InetAddress> answer = List.of(InetAddress.getByAddress(mapped));
        AddressGuard guard = new AddressGuard(host -> answer, Set.of(), List.of());
        assertThatThrownBy(() -> guard.addresses(FetchTarget.of("http://mapped.example/")))
                .hasMessageContaining("loopback");
    }

    @Test
    void an_operator_may_open_hosts_and_blocks() throws Exception {
        List<InetAddress> inside = List.of(InetAddress.getByName("10.1.2.3"));
        AddressGuard guard = new AddressGuard(
                host -> inside, Set.of("files.intern"), List.of(Cidr.of("10.9.0.0/16"), Cidr.of("::1")));
        assertThat(guard.addresses(FetchTarget.of("http://FILES.intern./a"))).isEqualTo(inside);
        assertThat(guard.addresses(FetchTarget.of("http://10.9.8.7/"))).hasSize(1);
        assertThat(guard.addresses(FetchTarget.of("http://[::1]/"))).hasSize(1);
        assertThatThrownBy(() -> guard.addresses(FetchTarget.of("http://other.intern/")))
                .hasMessageContaining("private");
        assertThatThrownBy(() -> guard.addresses(FetchTarget.of("http://10.10.0.1/")))
                .hasMessageContaining("private");
    }

    @Test
    void a_name_without_an_address_may_get_one_later() {
        assertThatThrownBy(() -> STRICT.addresses(FetchTarget.of("http://nobody.example/")))
                .hasMessageContaining("URL_UNREACHABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?token=secret#frag, https://a.example/x?...",
        "HTTP://A.Example:80, http://a.example/",
        "https://a.example:444/%20?a=b?c, https://a.example:444/%20?...",
        "https://müller.example/ü, https://xn--mller-kva.example/%C3%BC",
        "http://my_bucket.s3.amazonaws.com/k, http://my_bucket.s3.amazonaws.com/k",
    })
    void secrets_of_a_query_are_masked(String url, String shown) {
        assertThat(FetchTarget.of(url).masked()).isEqualTo(shown);
        assertThat(FetchTarget.of(url)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '~',
            value = {
                "http://a.example/my video.jpg  -> /my%20video.jpg",
                "http://a.example/zażółć gęś.mp4  -> /za%C5%BC%C3%B3%C5%82%C4%87%20g%C4%99%C5%9B.mp4",
                "http://a.example/a|[1]\\^x  -> /a|[1]/%5Ex",
                "http://a.example/{a}`b`  -> /%7Ba%7D%60b%60",
                "http://a.example/100%.jpg  -> /100%.jpg",
                "http://a.example/\"<x>\"  -> /%22%3Cx%3E%22",
                "http://a.example/?n=a b&q='x'\"<>`{}|^  -> /?n=a%20b&q=%27x%27%22%3C%3E`{}|^",
                "http://a.example/?n=ü\\#frag  -> /?n=%C3%BC\\",
                "http://a.example?q  -> /?q",
                "http://a.example#/x  -> /",
                "http://a.example/a/./b/../c/%2E%2e/d/.  -> /a/d/",
                "http://a.example/../../x  -> /x",
                "http:\\\\a.example\\b\\c  -> /b/c",
                "http:/\\a.example\\b  -> /b",
                "http://a.example/x@y:z  -> /x@y:z",
                "http://a.example/a//b  -> /a//b",
                "http://a.example/e\u0301  -> /e%CC%81",
            })
    void paths_and_queries_are_read_as_browsers_read_them(String url, String sent) {
        assertThat(FetchTarget.of(url)).isEqualTo(new FetchTarget(false, "a.example", 80, sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {" \thttp://a.example/x\r\n", "\u0000http://a.example/\nx", "ht\ntp://a.exam\tple/\rx"})
    void blanks_around_and_line_ends_inside_mean_nothing(String url) {
        assertThat(FetchTarget.of(url).text()).isEqualTo("http://a.example/x");
    }

    @ParameterizedTest
    @CsvSource({
        "'http://example.com/\r\nHost: other', http://example.com/Host:%20other",
        "http://straße.example/, http://xn--strae-oqa.example/",
        "http://ａ.example/, http://a.example/",
        "http://a\u00adb.example/, http://ab.example/",
        "http://a.example:/, http://a.example/",
        "http://a.example:00080/, http://a.example/",
    })
    void no_text_reaches_another_host_or_a_header(String url, String asked) {
        assertThat(FetchTarget.of(url).text()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1\\@8.8.8.8",
                "http:\\\\127.0.0.1/",
                "http:/\\127.0.0.1",
                "http://127.0.0.1\\.a.example/",
                "http://12\t7.0.0.1/",
                "http://a b@127.0.0.1",
                "http://127.0.0.1#@8.8.8.8/",
                "http://127.0.0.1?@8.8.8.8/",
                "\u0001http://127.0.0.1"
            })
    void no_spelling_hides_an_address_of_this_machine(String url) {
        assertThatThrownBy(() -> STRICT.addresses(FetchTarget.of(url))).hasMessageMatching("URL_(REFUSED|INVALID): .*");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/dir/my%20video+1.mp4?x=/y, my video+1.mp4",
        "https://a.example/za%C5%BC.mp4#z, zaż.mp4",
        "https://a.example/100%.jpg, 100%.jpg",
        "https://a.example/a%2Fb%5Cc%0A.jpg, a_b_c_.jpg",
        "https://a.example/, ",
        "https://a.example/dir/, ",
    })
    void a_url_tells_the_name_of_its_file(String url, String name) {
        assertThat(FetchTarget.of(url).fileName()).isEqualTo(name);
    }

    @Test
    void what_was_read_once_reads_the_same_again() {
        for (String url : List.of("http://a.example/ä b?'c d'#e", "https://b.example/%zz%/..%2e/{x}?\\|^`")) {
            String text = FetchTarget.of(url).text();
            assertThat(FetchTarget.of(text).text()).isEqualTo(text);
        }
    }

    @Test
    void a_url_that_cannot_be_read_is_not_quoted() {
        assertThatThrownBy(() -> FetchTarget.of("http://a b.example/x?token=secret"))
                .hasMessageNotContaining("sec");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            quoteCharacter = '~',
            value = {
                "/my video.jpg  -> https://a.example/my%20video.jpg",
                "zażółć.jpg  -> https://a.example/dir/za%C5%BC%C3%B3%C5%82%C4%87.jpg",
                "../up|[1].jpg  -> https://a.example/up|[1].jpg",
                "\\other\\x.jpg  -> https://a.example/other/x.jpg",
                "\\\\b.example\\x.jpg  -> https://b.example/x.jpg",
                "?n=a b  -> https://a.example/dir/x?n=a%20b",
                "#frag  -> https://a.example/dir/x?q",
                "y#frag  -> https://a.example/dir/y",
                "./  -> https://a.example/dir/",
                "..  -> https://a.example/",
                "//ö.example/ü  -> https://xn--nda.example/%C3%BC",
                "HTTPS://B.example  -> https://b.example/",
                "a:b  -> refused",
                "1:b  -> https://a.example/dir/1:b",
            })
    void a_location_is_read_as_browsers_read_it(String location, String leads) {
        FetchTarget from = FetchTarget.of("https://a.example/dir/x?q");
        String bytes = new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (leads.equals("refused")) {
            assertThatThrownBy(() -> from.redirected(bytes)).hasMessageContaining("URL_REFUSED");
        } else {
            assertThat(from.redirected(bytes).text()).isEqualTo(leads);
        }
    }

    @Test
    void bytes_of_a_location_that_are_not_utf_8_stay_as_they_are() {
        assertThat(FetchTarget.of("http://a.example/")
                        .redirected("/caf\u00e9 1.jpg")
                        .text())
                .isEqualTo("http://a.example/caf%E9%201.jpg");
        assertThatThrownBy(() -> FetchTarget.of("http://a.example/").redirected("//caf\u00e9/"))
                .hasMessageContaining("URL_INVALID");
    }

    @Test
    void a_redirect_never_leaves_tls_and_is_checked_like_any_url() {
        FetchTarget secure = FetchTarget.of("https://a.example/dir/x?q");
        assertThat(secure.redirected("y?z").text()).isEqualTo("https://a.example/dir/y?z");
        assertThat(secure.redirected("//b.example/").text()).isEqualTo("https://b.example/");
        assertThatThrownBy(() -> secure.redirected("http://a.example/")).hasMessageContaining("redirects to http");
        assertThatThrownBy(() -> secure.redirected("file:///etc/passwd")).hasMessageContaining("URL_REFUSED");
        assertThatThrownBy(() -> secure.redirected("https://u:p@b.example/")).hasMessageContaining("URL_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "10.0.0.0/33", "localhost/8", "10.0.0/8", "::/129"})
    void a_block_that_is_none_is_refused(String text) {
        assertThatThrownBy(() -> Cidr.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
