package dev.caravan.job;

/** The value of the ready index's partition key: {@code ready#05#0}. */
public final class Ready {
    private Ready() {}

    public static String partition(int priority, int shard) {
        return "ready#%02d#%d".formatted(priority, shard);
    }

    public static String partition(String jobId, int priority, int shards) {
        return partition(priority, Math.floorMod(jobId.hashCode(), shards));
    }
}
