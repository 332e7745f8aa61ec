package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A client of server-sent events that keeps what comes. */
final class Tap implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Stream<String>>> answer;
    private final CompletableFuture<Void> ended;
    private String id;
    private String type;

    /** @param id null where it has none */
    record Event(String id, String type, JsonNode data) {
        String name() {
            return data.path("event").asText();
        }
    }

    private Tap(HttpClient client, String url, String lastId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        answer = client.sendAsync(request.build(), BodyHandlers.ofLines());
        ended = answer.thenAcceptAsync(got -> got.body().forEach(this::line), work -> {
            Thread thread = new Thread(work, "tap");
            thread.setDaemon(true);
            thread.start();
        });
    }

    static Tap open(TestCaravan caravan, String path) {
        return open(caravan, path, null);
    }

    static Tap open(TestCaravan caravan, String path, String lastId) {
        return new Tap(HttpClient.newHttpClient(), caravan.caravan().apiUrl() + path, lastId);
    }

    private void line(String line) {
        if (line.startsWith("id: ")) {
            id = line.substring(4);
        } else if (line.startsWith("event: ")) {
            type = line.substring(7);
        } else if (line.startsWith("data: ")) {
            try {
                events.add(new Event(id, type, JSON.readTree(line.substring(6))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            id = null;
        }
    }

    HttpResponse<?> answer() {
        return answer.join();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    /** What the history keeps. */
    List<String> kept() {
        return events.stream()
                .filter(event -> event.id() != null)
                .map(Event::name)
                .toList();
    }

    Event await(Predicate<Event> wanted) {
        return Awaitility.await("an event, after " + names())
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> events.stream().filter(wanted).findFirst().orElse(null), found -> found != null);
    }

    Event await(String name) {
        return await(event -> event.name().equals(name));
    }

    void awaitEnd() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(ended::isDone);
    }

    /** Goes away in the middle. */
    @Override
    public void close() {
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            answer.join().body().close();
        }
        answer.cancel(true);
    }
}
