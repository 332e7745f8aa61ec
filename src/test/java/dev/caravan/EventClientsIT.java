package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.History;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many clients of live events, slow ones, and those that are there when Caravan stops. */
class EventClientsIT {
    private static final int MANY = 200;

    private final CountDownLatch curtain = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.events.max-clients", String.valueOf(MANY));
        caravan = TestCaravan.start(changes);
        caravan.stage.set("second", (exchange, step) -> curtain.await(60, TimeUnit.SECONDS));
    }

    @AfterEach
    void stop() throws IOException {
        curtain.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        caravan.close();
    }

    private Socket ask(String path, int buffer) throws IOException {
        URI api = URI.create(caravan.caravan().apiUrl());
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(buffer);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + api.getAuthority() + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private double value(String meter) {
        return caravan.wiring()
                .meters
                .get(meter)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private void awaitClients(int clients) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> value("caravan.events.clients") == clients);
    }

    private static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void two_hundred_clients_take_no_threads_and_one_more_is_asked_to_come_later() throws IOException {
        String job = caravan.submit("three-acts");
        caravan.await(job, found -> "second".equals(found.currentStep()));
        int threads = Thread.activeCount();
        for (int i = 0; i < MANY; i++) {
            ask("/api/v1/jobs/" + job + "/events", 64 * 1024);
        }
        awaitClients(MANY);
        assertThat(Thread.activeCount()).isLessThan(threads + 20);
        ApiClient.Answer refused = new ApiClient(caravan).get("/api/v1/events");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().path("code").asText()).isEqualTo("TOO_MANY_CLIENTS");
        assertThat(refused.response().headers().firstValue("retry-after")).hasValue("10");
        curtain.countDown();
        for (Socket socket : sockets) {
            assertThat(rest(socket)).contains("\"event\":\"snapshot\"").contains("\"event\":\"completed\"");
        }
        awaitClients(0);
    }

    @Test
    void one_that_reads_slowly_is_cut_off_and_the_others_miss_nothing() throws IOException {
        ask("/api/v1/events", 4 * 1024);
        try (Tap quick = Tap.open(caravan, "/api/v1/events")) {
            awaitClients(2);
            String text = "x".repeat(4_000);
            History history = new History(caravan.tables(), caravan.clock());
            for (int i = 1; i <= 3_000; i++) {
                int told = i;
                caravan.wiring()
                        .live
                        .committed()
                        .accept(List.of(history.event("flood", "accepted", Map.of("message", text))));
                if (told % 250 == 0) {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> quick.events().size() == told);
                }
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> value("caravan.events.clients.cut") == 1);
            awaitClients(1);
        }
    }

    @Test
    void a_stop_is_not_held_up_by_clients() throws IOException {
        Socket socket = ask("/api/v1/events", 64 * 1024);
        awaitClients(1);
        long start = System.nanoTime();
        caravan.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(rest(socket)).contains("retry: 2000");
        caravan.start();
    }
}
