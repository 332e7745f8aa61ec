package dev.caravan.image;

import dev.caravan.media.Sniffer;
import java.io.IOException;
import java.nio.file.Path;

/** A kind of picture, with the one reader of each program that may open it. */
enum PictureKind {
    JPEG("jpegload", "jpeg_pipe", JpegHeader::read),
    PNG("pngload", "png_pipe", PngHeader::read),
    WEBP("webpload", "webp_pipe", RasterHeaders::webp),
    GIF("gifload", "gif", RasterHeaders::gif),
    TIFF("tiffload", "tiff_pipe", TiffHeader::read),
    BMP(null, "bmp_pipe", RasterHeaders::bmp),
    ISO_IMAGE("heifload", "mov", HeifHeader::read);

    /** libvips' loader; null if only ImageMagick would have one. */
    final String loader;

    /** FFmpeg's demuxer. */
    final String demuxer;

    private final Reader reader;

    PictureKind(String loader, String demuxer, Reader reader) {
        this.loader = loader;
        this.demuxer = demuxer;
        this.reader = reader;
    }

    static PictureKind of(Path file) {
        return valueOf(Sniffer.picture(file));
    }

    /** @throws IOException when the file ends early or contradicts itself */
    PictureHeader header(RandomAccessBytes bytes) throws IOException {
        return reader.read(bytes);
    }

    /** Reads one kind of header. */
    interface Reader {
        PictureHeader read(RandomAccessBytes bytes) throws IOException;
    }
}
