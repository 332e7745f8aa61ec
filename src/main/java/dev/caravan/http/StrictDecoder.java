package dev.caravan.http;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Extends Netty's decoder of requests: refuses those that a proxy in front may read differently (RFC 9112, 6.1 and 6.3): a
 * length beside an encoding, and a header without a name. Netty drops the length, so handlers after it cannot see it.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
    /** The name that Vert.x gives to its own decoder. */
    static final String NAME = "httpDecoder";

    StrictDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Transfer-Encoding stands beside Content-Length");
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
        AsciiString name = super.splitHeaderName(line, start, length);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A header has no name");
        }
        return name;
    }
}
