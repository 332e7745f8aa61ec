package dev.caravan.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Lets through to DynamoDB Local only requests signed with Caravan's keys. DynamoDB Local accepts requests from every
 * client, so a web page that a user opens, or another user of the machine, could write to the tables.
 */
final class SignedTablesOnly extends Handler.Wrapper {
    /** In bytes; a batch of DynamoDB has at most 16 MB. */
    private static final int MAX_BODY = 20 << 20;

    private static final String REFUSED =
            """
            {"__type":"com.amazonaws.dynamodb.v20120810#UnrecognizedClientException","message":"%s"}""";

    private final Signature signature;

    SignedTablesOnly(Credentials credentials, Handler next) {
        super(next);
        this.signature = new Signature(credentials);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        byte[] body = body(request);
        Optional<String> refusal = signature.refuses(new Signature.Signed(
                request.getMethod(),
                request.getHttpURI().getPath(),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                name -> request.getHeaders().get(name),
                body));
        if (refusal.isEmpty()) {
            return super.handle(new Again(request, body), response, callback);
        }
        response.setStatus(400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.write(true, BufferUtil.toBuffer(REFUSED.formatted(refusal.get()), StandardCharsets.UTF_8), callback);
        return true;
    }

    private static byte[] body(Request request) throws IOException {
        try (var in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new IOException("The body has more than " + MAX_BODY + " bytes");
            }
            return body;
        }
    }

    /** Provides a request's body again after it was read. */
    private static final class Again extends Request.Wrapper {
        private final Content.Source body;

        private Again(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable callback) {
            body.demand(callback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
