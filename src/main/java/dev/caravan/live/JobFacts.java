package dev.caravan.live;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Caches the unchanging fields of the jobs that were asked for last. Single-threaded. */
final class JobFacts {
    private static final int MAX = 10_000;

    private final Jobs jobs;
    private final Map<String, Map<String, Object>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Object>> eldest) {
            return size() > MAX;
        }
    };

    JobFacts(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Adds the job's asset, pipeline, owner and status to the event; reads the record where these are not known. */
    LiveEvent complete(LiveEvent event) {
        boolean statusKnown = event.data().containsKey("status");
        Map<String, Object> facts = known.get(event.jobId());
        if (facts == null || !statusKnown) {
            Optional<Job> job = jobs.find(event.jobId());
            facts = job.map(RecordEvents::facts).orElse(Map.of());
            known.put(event.jobId(), facts);
            if (!statusKnown && job.isPresent()) {
                return event.with(facts)
                        .with(Map.of("status", job.get().status().name()));
            }
        }
        return event.with(facts);
    }
}
