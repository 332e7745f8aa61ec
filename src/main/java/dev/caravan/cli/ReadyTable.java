package dev.caravan.cli;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists what a user needs to know when Caravan is ready, on one screen. */
final class ReadyTable {
    private ReadyTable() {}

    static String of(RunState state, List<String> cautions) {
        double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
        String who = state.name() == null ? "Caravan" : "Caravan's " + state.name();
        String warnings = cautions.stream().map("%nWarning: %s.%n"::formatted).collect(Collectors.joining());
        return "%n%s is ready after %.1f s.%n%n%s%n%s".formatted(who, seconds, lines(state), warnings);
    }

    static String lines(RunState state) {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean api = state.roles().contains("api");
        rows.put(api ? "API" : "Probes", state.api());
        rows.put("Docs", api ? state.api() + "/docs" : "");
        rows.put("S3", state.s3().endpoint() + "  bucket " + state.s3().bucket());
        rows.put("  access key", state.name() == null ? state.s3().accessKey() : "");
        rows.put("  secret key", state.name() == null ? state.s3().secretKey() : "");
        rows.put("Roles", String.join(", ", state.roles()));
        rows.put("Data", state.data());
        rows.put("Log", state.log().isEmpty() ? "this terminal" : state.log());
        return rows.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .map(row -> "  %-14s%s".formatted(row.getKey(), row.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
