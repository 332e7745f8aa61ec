package dev.caravan.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.control.DeadLetterFilter;
import dev.caravan.control.Redrive;
import dev.caravan.control.Redrives;
import dev.caravan.control.RetryRequest;
import dev.caravan.http.Answers;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Json;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Starts and shows redrives; the bean {@code redriveOrders} of the routes redrive-dead-letters and get-redrive. */
public final class RedriveOrders {
    private static final int RATE = 5;

    private final Redrives redrives;
    private final Clock clock;

    RedriveOrders(Redrives redrives, Clock clock) {
        this.redrives = redrives;
        this.clock = clock;
    }

    /** @return the redrive with its address, 202; or 200 and a preview of the dead letters that it would retry */
    public Object start(Exchange exchange, JsonNode body) {
        Redrives.Order order = order(body);
        if (body.path("dry_run").asBoolean()) {
            return preview(order);
        }
        Redrive redrive = redrives.start(order);
        Answers.header(exchange, "Location", "/api/v1/redrives/" + redrive.redriveId());
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        return view(redrive);
    }

    public Object show(@Header("redrive_id") String id) {
        return view(redrives.find(id));
    }

    private Redrives.Order order(JsonNode body) {
        long said = Stream.of("all", "filter", "ids")
                .filter(name ->
                        body.hasNonNull(name) && !"false".equals(body.get(name).asText()))
                .count();
        if (said != 1) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY,
                    "It is not clear which dead letters are meant",
                    "Give one of \"ids\": [...], \"filter\": {...} and \"all\": true.");
        }
        RetryRequest retryRequest = JobControl.wish(body, clock);
        return new Redrives.Order(
                body.has("filter") ? DeadLetterViews.filter(body.get("filter")) : DeadLetterFilter.ALL,
                body.has("ids") ? ids(body.get("ids")) : null,
                body.path("rate").asInt(RATE),
                retryRequest);
    }

    private static List<String> ids(JsonNode ids) {
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::asText)
                .distinct()
                .toList();
    }

    private Map<String, Object> preview(Redrives.Order order) {
        Redrives.Preview preview = redrives.preview(order);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("status", "DRY_RUN");
        view.put("total", preview.total());
        view.put("rate", order.rate());
        view.put("seconds", seconds(preview.total(), order.rate()));
        view.put("sample", preview.sample());
        return view;
    }

    private static Map<String, Object> view(Redrive redrive) {
        Map<String, Object> view = Json.toMap(redrive);
        view.keySet().removeAll(List.of("cursor", "revision", "next_due_at"));
        view.put("seconds", seconds(redrive.total(), redrive.rate()));
        return view;
    }

    private static long seconds(long total, int rate) {
        return (total + rate - 1) / rate;
    }
}
