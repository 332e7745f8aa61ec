package dev.caravan.upload;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/** Receives a body that is the video itself. */
final class RawBody implements UploadReceiver.Body {
    private final MultipartReader.Parts parts;

    private RawBody(MultipartReader.Parts parts) {
        this.parts = parts;
    }

    /** Takes the name from Content-Disposition or from the query; it is optional. */
    static Function<MultipartReader.Parts, UploadReceiver.Body> of(
            HttpServerRequest request, String type, UploadSettings settings) {
        String disposition = request.getHeader("Content-Disposition");
        String given =
                disposition == null ? null : PartDisposition.parse(disposition).filename();
        String name = given == null ? request.getParam("filename") : given;
        PartHeader header = new PartHeader(MultipartForm.VIDEO, name == null ? unnamed(settings) : name, type);
        MultipartForm.acceptVideo(header, settings);
        return parts -> {
            parts.begin(header);
            return new RawBody(parts);
        };
    }

    private static String unnamed(UploadSettings settings) {
        return "video" + settings.extensions().get(0);
    }

    @Override
    public void feed(byte[] piece, int from, int length) {
        parts.data(piece, from, length);
    }

    @Override
    public void finish() {
        parts.end();
    }
}
