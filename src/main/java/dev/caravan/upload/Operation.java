package dev.caravan.upload;

import java.util.List;

/** The operations of the contract that take uploads. */
enum Operation {
    PROCESS_VIDEO("/api/process-video", List.of(Form.VIDEO, Form.SUBTITLES), false),
    UPLOAD_VIDEO("/api/v1/videos", List.of(Form.VIDEO), true);

    final String path;
    /** The parts that are files; the subtitles may also come by URL, all others are required. */
    final List<String> files;
    /** Whether the video may also be the whole body. */
    final boolean raw;

    Operation(String path, List<String> files, boolean raw) {
        this.path = path;
        this.files = files;
        this.raw = raw;
    }
}
