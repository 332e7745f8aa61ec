package dev.caravan.live;

import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.JobStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selects the events of all jobs that a client wants; the filter ignores fields that the client does not name. */
record FeedFilter(Optional<String> pipeline, Optional<String> owner, Set<String> statuses, Set<String> kinds)
        implements Predicate<LiveEvent> {

    /** @throws ProblemException {@code INVALID_STATUS} or {@code INVALID_QUERY} */
    static FeedFilter of(QueryString query) {
        return new FeedFilter(
                query.find("pipeline"),
                query.find("owner"),
                words(query, "status", ProblemCode.INVALID_STATUS, known(JobStatus.values(), JobStatus::name)),
                words(query, "kind", ProblemCode.INVALID_QUERY, known(EventKind.values(), EventKind::word)));
    }

    @Override
    public boolean test(LiveEvent event) {
        Map<String, Object> data = event.data();
        return pipeline.map(wanted -> wanted.equals(data.get("pipeline"))).orElse(true)
                && owner.map(wanted -> wanted.equals(data.get("owner"))).orElse(true)
                && (statuses.isEmpty() || statuses.contains(String.valueOf(data.get("status"))))
                && (kinds.isEmpty() || kinds.contains(event.kind().word()));
    }

    private static <T> Map<String, String> known(T[] values, Function<T, String> name) {
        return Stream.of(values)
                .map(name)
                .collect(Collectors.toMap(each -> each.toLowerCase(Locale.ROOT), Function.identity()));
    }

    private static Set<String> words(QueryString query, String name, ProblemCode code, Map<String, String> known) {
        List<String> asked = query.find(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        asked.stream().filter(word -> !known.containsKey(word)).findFirst().ifPresent(word -> {
            throw new ProblemException(
                    code,
                    "There is no %s '%s'".formatted(name, word),
                    "Give one or more of these, with commas between them: "
                            + known.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
        });
        return asked.stream().map(known::get).collect(Collectors.toSet());
    }
}
