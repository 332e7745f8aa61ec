package dev.caravan.upload;

import java.util.List;

/** The operations of the contract that take uploads. */
enum UploadOperation {
    PROCESS_VIDEO("/api/process-video", List.of(MultipartForm.VIDEO, MultipartForm.SUBTITLES), false),
    UPLOAD_VIDEO("/api/v1/videos", List.of(MultipartForm.VIDEO), true);

    final String path;
    /** The parts that are files; the subtitles may also come by URL, all others are required. */
    final List<String> files;
    /** True if the video may also be the whole body. */
    final boolean raw;

    UploadOperation(String path, List<String> files, boolean raw) {
        this.path = path;
        this.files = files;
        this.raw = raw;
    }
}
