package dev.caravan.ops;

import java.util.Map;

/** Checks whether the bucket, the tables with their indexes, and the queues exist. */
record ProvisionCheck(Provision provision) implements Check {
    @Override
    public String name() {
        return "provision";
    }

    @Override
    public Finding look() {
        provision.check();
        return Finding.good("complete", Map.of());
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(HealthStatus.UNHEALTHY, "incomplete", why, "./caravan provision creates what is missing.");
    }
}
