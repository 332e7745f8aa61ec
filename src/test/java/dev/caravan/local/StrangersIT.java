package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What the embedded SQS and DynamoDB say to those who have not the keys, and to web pages. */
class StrangersIT {
    private static final String QUEUE = "/000000000000/caravan-s3-events";

    private final Clients clients = Clients.ofSharedCloud();

    static Stream<String> forms() {
        return Stream.of(
                form(
                        "POST " + QUEUE,
                        "Action=DeleteQueue",
                        "Origin: http://evil.example",
                        "Sec-Fetch-Site: cross-site"),
                form("POST " + QUEUE, "Action=PurgeQueue"),
                form("POST /", "Action=ListQueues"),
                form("GET /?Action=ListQueues", ""),
                form("GET " + QUEUE + "?Action=ReceiveMessage", ""),
                form("POST " + QUEUE, "Action=SendMessage&MessageBody=%7B%7D"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_form_on_a_web_page_commands_no_queue(String request) throws IOException {
        assertThat(send("sqs", request)).startsWith("HTTP/1.1 403").doesNotContain("caravan-s3-events");
        assertThat(clients.sqs().listQueues().queueUrls()).anyMatch(url -> url.endsWith("caravan-s3-events"));
    }

    @Test
    void a_name_that_was_pointed_here_opens_nothing() throws IOException {
        String rebound = form("GET /?Action=ListQueues", "").replace("Host: 127.0.0.1", "Host: evil.example");
        assertThat(send("sqs", rebound)).startsWith("HTTP/1.1 403");
    }

    @Test
    void the_key_id_of_a_link_without_a_signature_is_worth_nothing() throws IOException {
        String authorization = "Authorization: AWS4-HMAC-SHA256 Credential=" + clients.get("aws.access-key")
                + "/20260101/us-east-1/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);
        String target = "X-Amz-Target: DynamoDB_20120810.ListTables";
        String tables = form("POST /", "{}", authorization.formatted("dynamodb"), target);
        assertThat(send("dynamodb", tables)).startsWith("HTTP/1.1 400").contains("credentials.json");
        String queues = form("POST /", "{}", authorization.formatted("sqs"), "X-Amz-Target: AmazonSQS.ListQueues");
        assertThat(send("sqs", queues)).startsWith("HTTP/1.1 403");
    }

    @Test
    void somebody_with_the_key_id_and_another_secret_is_refused() {
        Map<String, String> stranger = new HashMap<>(clients.properties());
        stranger.put("caravan.aws.secret-key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        assertThatThrownBy(() -> new Clients(stranger).dynamoDb().listTables())
                .isInstanceOf(SdkServiceException.class)
                .hasMessageContaining("credentials.json");
        assertThatThrownBy(() -> new Clients(stranger).sqs().listQueues()).isInstanceOf(SdkServiceException.class);
    }

    @Test
    void a_body_that_was_changed_behind_its_signature_is_refused() throws IOException {
        assertThat(send("dynamodb", signed("{}", "{}"))).startsWith("HTTP/1.1 200");
        assertThat(send("dynamodb", signed("{}", "{ }"))).startsWith("HTTP/1.1 400");
    }

    @Test
    void even_a_signed_request_is_refused_to_a_web_page() throws IOException {
        String page = signed("{}", "{}").replace("\r\n\r\n", "\r\nOrigin: http://127.0.0.1:8000\r\n\r\n");
        assertThat(send("dynamodb", page)).startsWith("HTTP/1.1 400").contains("Web pages");
    }

    /** As other clients sign: without the hash of the body in a header. */
    private String signed(String body, String sent) {
        SdkHttpFullRequest request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(clients.get("dynamodb.endpoint")))
                .encodedPath("/")
                .putHeader("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .build();
        SignedRequest signed = AwsV4HttpSigner.create().sign(sign -> sign.request(request)
                .identity(AwsCredentialsIdentity.create(clients.get("aws.access-key"), clients.get("aws.secret-key")))
                .payload(() -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        StringBuilder head =
                new StringBuilder("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + sent.length());
        signed.request().forEachHeader((name, values) -> head.append("\r\n" + name + ": " + String.join(",", values)));
        return head + "\r\n\r\n" + sent;
    }

    private static String form(String start, String body, String... headers) {
        return start + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n"
                + String.join(
                        "", List.of(headers).stream().map(line -> line + "\r\n").toList())
                + "\r\n" + body;
    }

    private String send(String server, String request) throws IOException {
        URI address = URI.create(clients.get(server + ".endpoint"));
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
