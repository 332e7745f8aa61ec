package dev.caravan.upload;

import dev.caravan.failure.StepException;
import dev.caravan.fetch.FetchTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Collects the parts of one upload. Each is checked by its header as soon as that has come, then by its content. */
final class MultipartForm implements MultipartReader.Parts {
    static final String VIDEO = "video";
    static final String SUBTITLES = "srt_file";
    static final String SUBTITLES_URL = "srt_url";

    /** Bytes of a field; no valid value is longer. */
    private static final int MAX_FIELD = 1024;
    /** Bytes read of a URL: one more than the limit, so that a longer URL is detected. */
    private static final int MAX_URL = 8193;

    private final UploadOperation operation;
    private final UploadSettings settings;
    private final Function<String, Spool> spools;
    private final Map<String, Incoming> files = new LinkedHashMap<>();
    private final Map<String, String> fields = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private FetchTarget subtitlesUrl;
    private Incoming file;
    private String field;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();

    /** A file that is being received. */
    record Incoming(String part, String label, Spool spool) {}

    /** @param spools makes the file for a part */
    MultipartForm(UploadOperation operation, UploadSettings settings, Function<String, Spool> spools) {
        this.operation = operation;
        this.settings = settings;
        this.spools = spools;
    }

    @Override
    public void begin(PartHeader header) {
        String name = header.name();
        boolean isFile = operation.files.contains(name);
        boolean isField = BurnOptions.FIELDS.contains(name) || takesSubtitles() && name.equals(SUBTITLES_URL);
        if ((isFile || isField) && !seen.add(name)) {
            throw UploadProblems.repeated(name);
        }
        if (isFile) {
            file = admitted(header);
            files.put(name, file);
        } else {
            field = isField ? name : null;
        }
    }

    @Override
    public void data(byte[] bytes, int from, int length) {
        if (file != null) {
            fits(file, file.spool().size() + length);
            file.spool().append(bytes, from, length);
        } else if (field != null) {
            int most = field.equals(SUBTITLES_URL) ? MAX_URL : MAX_FIELD;
            value.write(bytes, from, Math.min(length, most - value.size()));
        }
    }

    @Override
    public void end() {
        if (field != null) {
            take(value.toString(StandardCharsets.UTF_8));
            value.reset();
        }
        file = null;
        field = null;
    }

    private void take(String text) {
        if (!field.equals(SUBTITLES_URL)) {
            fields.put(field, text);
        } else if (!text.isBlank()) {
            try {
                subtitlesUrl = FetchTarget.of(text);
            } catch (StepException e) {
                throw UploadProblems.ofUrl(e);
            }
        }
    }

    /** @throws dev.caravan.http.ProblemException when a part is missing, or the subtitles come in both ways */
    void complete() {
        if (!files.containsKey(VIDEO)) {
            throw UploadProblems.missing(VIDEO);
        } else if (takesSubtitles() && subtitlesUrl == null && !files.containsKey(SUBTITLES)) {
            throw UploadProblems.missingSubtitles();
        } else if (subtitlesUrl != null && fileIsChosen()) {
            throw UploadProblems.subtitlesTwice();
        }
    }

    private boolean takesSubtitles() {
        return operation.files.contains(SUBTITLES);
    }

    /** Says whether a file was chosen. Browsers send an empty file for a field without one. */
    private boolean fileIsChosen() {
        return files.containsKey(SUBTITLES) && files.get(SUBTITLES).spool().size() > 0;
    }

    /** Returns the URL of the subtitles; null if the form contains them. */
    FetchTarget subtitlesUrl() {
        return subtitlesUrl;
    }

    Map<String, Incoming> files() {
        return files;
    }

    Map<String, String> fields() {
        return fields;
    }

    boolean crowded() {
        return files.values().stream().anyMatch(each -> each.spool().crowded());
    }

    private Incoming admitted(PartHeader header) {
        if (header.name().equals(SUBTITLES)) {
            acceptSubtitles(header);
        } else {
            acceptVideo(header, settings);
        }
        return new Incoming(header.name(), DisplayName.of(header.filename()), spools.apply(header.name()));
    }

    /** Checks that a given name is a video's; and so must be the declared type, if there is one. */
    static void acceptVideo(PartHeader header, UploadSettings settings) {
        String label = DisplayName.of(header.filename());
        if (header.filename() == null) {
            throw UploadProblems.missing(VIDEO);
        } else if (label == null || !settings.takes(label)) {
            throw UploadProblems.extension(settings.extensions());
        }
        String type = header.contentType();
        if (type != null && !type.startsWith("video/") && !type.equals("application/octet-stream")) {
            throw UploadProblems.partType(VIDEO, type, "video/* or application/octet-stream");
        }
    }

    private static void acceptSubtitles(PartHeader header) {
        String type = header.contentType();
        boolean textual = type == null
                || type.startsWith("text/")
                || Set.of("application/octet-stream", "application/x-subrip", "application/srt", "application/subrip")
                        .contains(type);
        if (!textual) {
            throw UploadProblems.partType(
                    SUBTITLES, type, "application/x-subrip, text/plain or application/octet-stream");
        }
    }

    private void fits(Incoming incoming, long size) {
        if (incoming.part().equals(SUBTITLES) && size > UploadSettings.MAX_SUBTITLES) {
            throw UploadProblems.subtitlesTooLarge();
        } else if (size > settings.maxSize()) {
            throw UploadProblems.tooLarge(settings.maxSize());
        }
    }
}
