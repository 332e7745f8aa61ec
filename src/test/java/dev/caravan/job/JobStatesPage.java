package dev.caravan.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/job-states.md}, made from the table of transitions. */
final class JobStatesPage {
    private static final String HEAD =
            """
            # States of a job

            This page is made from `dev.caravan.job.Transition` by `mvn -q test -Dtest=JobStatesPageTest -Dcaravan.docs=write`.
            Do not edit it.

            Every change of a job's record is one conditional write to DynamoDB by one row of this table. `JobChange` refuses
            a write that does not match its row, and the state machine test plays random sequences against the table.

            ## Diagram

            """;

    private JobStatesPage() {}

    static String text() {
        return HEAD + diagram() + states() + transitions() + attributes();
    }

    private static String diagram() {
        // One arrow between two states, and none back to the same: their names would lie on each other.
        Map<String, String> arrows = Stream.of(Transition.values())
                .flatMap(transition -> transition.from().stream()
                        .filter(from -> from != transition.to())
                        .map(from ->
                                Map.entry("%s --> %s".formatted(node(from), node(transition.to())), transition.word())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        Map.Entry::getValue,
                        (first, next) -> first + ", " + next,
                        LinkedHashMap::new));
        return "```mermaid\nstateDiagram-v2\n    direction LR\n"
                + arrows.entrySet().stream()
                        .map(arrow -> "    %s: %s\n".formatted(arrow.getKey(), arrow.getValue()))
                        .collect(Collectors.joining())
                + "    EXPIRING --> [*]: removed by DynamoDB\n```\n\nChanges within a state, such as a checkpoint, are in the table below.\n\n";
    }

    private static String node(JobState state) {
        return state == JobState.NONE ? "[*]" : state.name();
    }

    private static String states() {
        return "## States\n\n| state | meaning |\n|---|---|\n"
                + Stream.of(JobState.values())
                        .map(state -> "| %s | %s |\n".formatted(state, state.description()))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String transitions() {
        return """
                ## Transitions

                *Condition* is what the write requires of the record. *Fence* says whether the fence grows by one: then everybody
                who read the record before can no longer write. *Event* is what the job's history gets in the same transaction.
                *Counts* is the move of the exact counters in the same transaction; a dash means none. A new priority moves the job to
                the counters of that priority as well.

                | transition | decided by | from | to | status | condition | fence | event | counts | asset |
                |---|---|---|---|---|---|---|---|---|---|
                """
                + Stream.of(Transition.values()).map(JobStatesPage::row).collect(Collectors.joining()) + "\n";
    }

    private static String row(Transition transition) {
        List<String> cells = List.of(
                "**%s**".formatted(transition.word()),
                transition.decision(),
                names(transition.from()),
                transition.to().name(),
                transition.statuses().isEmpty() ? "stays" : code(names(transition.statuses())),
                transition.conditions().stream().map(TransitionCondition::text).collect(Collectors.joining(", ")),
                transition.newFence() ? "grows" : "stays",
                transition.event() == null ? "-" : code(transition.event()),
                counts(transition),
                transition.asset());
        return "| " + cells.stream().map(cell -> cell.isEmpty() ? "-" : cell).collect(Collectors.joining(" | "))
                + " |\n";
    }

    private static String counts(Transition transition) {
        String to = counted(transition.to());
        return transition.from().stream()
                .map(from -> counted(from).equals(to) ? "-" : counted(from) + " to " + to)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String counted(JobState state) {
        return switch (state) {
            case NONE, EXPIRING -> "none";
            case WAITING, RUNNING -> "open";
            default -> state.name().toLowerCase();
        };
    }

    private static String attributes() {
        return """
                ## Attributes

                The record has what a transition *sets*, and does not have what it *removes*. It *may set* the others: it sets,
                removes or leaves them. `status` and `fence` are in the table above.

                | transition | sets | may set | removes |
                |---|---|---|---|
                """
                + Stream.of(Transition.values())
                        .map(transition -> "| **%s** | %s | %s | %s |\n"
                                .formatted(
                                        transition.word(),
                                        fields(transition.sets()),
                                        fields(transition.maySet()),
                                        fields(transition.removes())))
                        .collect(Collectors.joining());
    }

    private static String fields(Collection<String> fields) {
        return fields.isEmpty() ? "-" : code(String.join(", ", new TreeSet<>(fields)));
    }

    private static String names(Collection<? extends Enum<?>> all) {
        return all.stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    private static String code(String list) {
        return "`" + list.replace(", ", "`, `") + "`";
    }
}
