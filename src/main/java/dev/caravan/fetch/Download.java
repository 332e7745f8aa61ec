package dev.caravan.fetch;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Downloads one URL into one part file: all bytes, or the missing ones (RFC 9110, 13.1.5 and 14.4). */
final class Download {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final RedirectingClient redirectingClient;
    private final FetchSettings settings;
    private final FetchTarget url;
    private final PartFile part;
    private final Deadline deadline;
    private final DownloadListener downloadListener;
    private final Clock clock;

    Download(
            RedirectingClient redirectingClient,
            FetchSettings settings,
            FetchTarget url,
            PartFile part,
            Deadline deadline,
            DownloadListener downloadListener,
            Clock clock) {
        this.redirectingClient = redirectingClient;
        this.settings = settings;
        this.url = url;
        this.part = part;
        this.deadline = deadline;
        this.downloadListener = downloadListener;
        this.clock = clock;
    }

    /**
     * @throws ConnectionBroken when the connection ended too early; the part holds the received bytes
     * @throws StepException for every other fault of the server
     */
    Fetched run() throws IOException {
        Optional<String> etag = part.etag();
        if (etag.isEmpty()) {
            part.begin(null);
        }
        Map<String, String> headers = part.size() == 0
                ? Map.of()
                : Map.of("Range", "bytes=%d-".formatted(part.size()), "If-Range", etag.orElseThrow());
        try (FetchResponse answer = redirectingClient.get(url, headers, deadline, downloadListener)) {
            long total = total(answer);
            if (total >= 0 || answer.status() == OK) {
                return read(answer, total);
            }
        }
        // The rest cannot be requested: start again.
        part.begin(null);
        return run();
    }

    /** Returns the bytes of the whole file, -1 if unknown, or if no rest continues the part. */
    private long total(FetchResponse answer) throws IOException {
        boolean asked = part.size() > 0;
        if (answer.status() == OK) {
            long length = length(answer.header("Content-Length"));
            checkSize(length);
            requireWhole(answer, length);
            part.begin(strong(answer.header("ETag")));
            return length;
        } else if (asked && answer.status() == PARTIAL) {
            Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.header("Content-Range")));
            boolean fits = range.matches()
                    && Long.parseLong(range.group(1)) == part.size()
                    && Long.parseLong(range.group(2)) == Long.parseLong(range.group(3)) - 1
                    && part.etag().orElseThrow().equals(answer.header("ETag"));
            long total = fits ? Long.parseLong(range.group(3)) : -1;
            checkSize(total);
            return total;
        } else if (asked && answer.status() == RANGE_NOT_SATISFIABLE) {
            return -1;
        }
        throw FetchFailures.of(url, answer, clock);
    }

    /** Refuses a part that a server sends as 200, with a header that has no meaning there (RFC 9110, 14.4). */
    private void requireWhole(FetchResponse answer, long length) {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(answer.header("Content-Range")));
        if (range.matches() && length >= 0 && length < Long.parseLong(range.group(3))) {
            throw FetchFailures.withoutFile("%s answered 200 and sends %d bytes of %s, by its Content-Range"
                    .formatted(url, length, range.group(3)));
        }
    }

    private Fetched read(FetchResponse answer, long total) throws IOException {
        try (OutputStream out = part.more();
                DownloadListener.Registration off = downloadListener.onCallOff(answer::callOff)) {
            for (byte[] piece; (piece = answer.next(deadline.millisLeft(settings.stall()))) != null; ) {
                checkSize(part.size() + piece.length);
                out.write(piece);
                downloadListener.received(part.size(), total);
                if (deadline.passed()) {
                    throw FetchFailures.tooSlow(url, settings.timeout());
                }
            }
        }
        if (total >= 0 && part.size() > total) {
            part.begin(null);
        }
        if (total >= 0 && part.size() != total) {
            throw new ConnectionBroken("%d were promised".formatted(total), null);
        }
        return part.complete();
    }

    private void checkSize(long bytes) {
        if (bytes > settings.maxSize()) {
            part.discard();
            throw FetchFailures.tooLarge(url, settings.maxSize());
        }
    }

    private static long length(String header) {
        return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : -1;
    }

    /** Returns a strong tag only: a weak one does not say that the bytes are the same. */
    private static String strong(String etag) {
        return etag != null && etag.startsWith("\"") ? etag : null;
    }
}
