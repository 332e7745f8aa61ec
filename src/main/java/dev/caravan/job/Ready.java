package dev.caravan.job;

/** The value of the ready index's partition key: {@code ready#05#0}. */
final class Ready {
    private Ready() {}

    static String partition(int priority, int shard) {
        return "ready#%02d#%d".formatted(priority, shard);
    }

    static String partition(String jobId, int priority, int shards) {
        return partition(priority, Math.floorMod(jobId.hashCode(), shards));
    }
}
