package dev.caravan.local;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Lets through only requests signed with our access key. DynamoDB Local takes anybody's, and a web page that a user
 * opens, or another user of the machine, could otherwise write to it.
 */
final class KnownKeyOnly extends Handler.Wrapper {
    private static final String REFUSED =
            """
            {"__type":"com.amazonaws.dynamodb.v20120810#UnrecognizedClientException",\
            "message":"The access key is not the one in credentials.json of the data folder."}""";

    private final String credential;

    KnownKeyOnly(String accessKey, Handler next) {
        super(next);
        this.credential = "Credential=" + accessKey + "/";
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (authorization != null && authorization.contains(credential)) {
            return super.handle(request, response, callback);
        }
        response.setStatus(400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        response.write(true, BufferUtil.toBuffer(REFUSED, StandardCharsets.UTF_8), callback);
        return true;
    }
}
