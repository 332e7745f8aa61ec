package dev.caravan.ops;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reports pauses and drained workers. They are no fault, but the first thing to know when nothing runs.
 *
 * @param held a sentence for each pause, and for each drained worker of this process
 */
record QueueCheck(Supplier<List<String>> held) implements Check {
    @Override
    public String name() {
        return "queues";
    }

    @Override
    public Finding look() {
        List<String> sentences = held.get();
        return sentences.isEmpty()
                ? Finding.good("open", Map.of())
                : Finding.remark(
                        "held",
                        String.join("; ", sentences),
                        "./caravan queues resume, with the options of the pause, lets jobs go on; ./caravan workers resume the worker.");
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.DEGRADED, "unknown", why, null);
    }
}
