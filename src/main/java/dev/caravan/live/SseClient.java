package dev.caravan.live;

import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends server-sent events to one client (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML,
 * 9.2</a>). A slow client misses progress, but nothing else; one so slow that too much waits for it is disconnected, and can
 * reconnect with the id of the last event that it received.
 */
final class SseClient {
    private static final Logger LOG = LoggerFactory.getLogger(SseClient.class);
    /** The limits of bytes in flight, and then of characters that wait. */
    private static final int ON_THE_WAY = 64 * 1024;

    private static final int MAX_WAITING = 4 * 1024 * 1024;
    /** The number of jobs whose latest progress waits. */
    private static final int MAX_PROGRESS = 1_000;
    /** The milliseconds after which a client reconnects. */
    private static final int RETRY = 2_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Runnable onCut;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<String, String> progress = new LinkedHashMap<>();
    private int characters;
    private int silentBeats;
    private boolean ending;
    private boolean over;

    /** All other methods may be called from any thread. */
    SseClient(HttpServerRequest request, Context loop, Runnable onCut) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.onCut = onCut;
    }

    void open() {
        loop.runOnContext(now -> {
            if (!gone()) {
                response.setChunked(true)
                        .setWriteQueueMaxSize(ON_THE_WAY)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                        // Else nginx would buffer events before it passes them on.
                        .putHeader("X-Accel-Buffering", "no")
                        .drainHandler(drained -> flush());
                response.write("retry: " + RETRY + "\n\n");
            }
        });
    }

    /** @param id by which the client may ask for later events; null where it cannot */
    void send(LiveEvent event, String id) {
        String text = (id == null ? "" : "id: " + id + "\n") + "event: "
                + event.kind().word() + "\ndata: " + event.text() + "\n\n";
        loop.runOnContext(now -> put(event, text));
    }

    private void put(LiveEvent event, String text) {
        if (gone() || ending) {
            return;
        }
        if (waiting.isEmpty() && !response.writeQueueFull()) {
            response.write(text);
        } else if (event.kind() == EventKind.PROGRESS) {
            progress.remove(event.jobId());
            if (progress.size() < MAX_PROGRESS) {
                progress.put(event.jobId(), text);
            }
        } else {
            // Progress of the job that still waits is outdated.
            progress.remove(event.jobId());
            waiting.add(text);
            characters += text.length();
            if (characters > MAX_WAITING) {
                cut();
            }
        }
    }

    private void flush() {
        silentBeats = 0;
        while (!waiting.isEmpty() && !response.writeQueueFull()) {
            String next = waiting.poll();
            characters -= next.length();
            response.write(next);
        }
        var latest = progress.values().iterator();
        while (waiting.isEmpty() && latest.hasNext() && !response.writeQueueFull()) {
            response.write(latest.next());
            latest.remove();
        }
        if (ending && waiting.isEmpty()) {
            finish();
        }
    }

    /**
     * Sends a keep-alive, so that neither side takes the other for dead; disconnects a client that read nothing since the
     * last two.
     */
    void beat() {
        loop.runOnContext(now -> {
            if (gone()) {
                return;
            }
            if (!response.writeQueueFull()) {
                response.write(": \n\n");
            } else if (++silentBeats > 2) {
                cut();
            }
        });
    }

    /** Ends the response when everything is sent. */
    void end() {
        loop.runOnContext(now -> {
            ending = true;
            if (!gone() && waiting.isEmpty()) {
                finish();
            }
        });
    }

    /** Ends the response without waiting for the client: this Caravan is about to stop. */
    void leave() {
        loop.runOnContext(now -> {
            if (gone()) {
                return;
            } else if (waiting.isEmpty() && !response.writeQueueFull()) {
                finish();
            } else {
                over = true;
                drop();
            }
        });
    }

    private void finish() {
        over = true;
        response.end();
    }

    private void cut() {
        over = true;
        LOG.info("a client of live events was cut off: it read too slowly");
        onCut.run();
        drop();
    }

    /** Bypasses Vert.x' handlers, which would wait until everything is sent. */
    private void drop() {
        ((ConnectionBase) request.connection())
                .channel()
                .pipeline()
                .firstContext()
                .close();
    }

    private boolean gone() {
        return over || response.closed() || response.ended();
    }

    /** Tells whether a name fits into one line of the protocol. */
    static boolean isId(String text) {
        return text.length() <= 300
                && StandardCharsets.US_ASCII.newEncoder().canEncode(text)
                && text.chars().noneMatch(Character::isISOControl);
    }
}
