package dev.caravan.ops;

import java.util.Map;

/** Checks whether a store that Caravan cannot work without answers. */
record StoreCheck(String name, String what, Question question) implements Check {
    static final String DISCONNECTED = "disconnected";

    /** Sends the cheapest request that proves that the store exists and grants Caravan access. */
    interface Question {
        void ask();
    }

    @Override
    public Finding look() {
        try {
            question.ask();
        } catch (WrongRegionException e) {
            return Finding.bad(HealthStatus.UNHEALTHY, DISCONNECTED, what + ": " + e.getMessage(), e.advice());
        }
        return Finding.good("connected", Map.of());
    }

    @Override
    public boolean decidesReadiness() {
        return true;
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(
                HealthStatus.UNHEALTHY,
                DISCONNECTED,
                what + ": " + why,
                "Check that it runs and can be reached from here, and the credentials. Jobs go on by themselves.");
    }
}
