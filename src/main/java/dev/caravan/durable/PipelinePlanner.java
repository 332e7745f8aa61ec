package dev.caravan.durable;

import dev.caravan.job.Rate;
import dev.caravan.settings.Settings;
import dev.caravan.work.CrashSuspicion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells of each pipeline what will happen. */
public final class PipelinePlanner {
    /** As FfmpegSettings has it. */
    private static final int TIMES_DURATION = 10;

    private final Catalog catalog;
    private final Settings settings;
    private final Function<String, Optional<Rate>> providers;
    private final Supplier<List<Mistake>> mistakes;

    /** @param providers the limit of one that steps call */
    public PipelinePlanner(Catalog catalog, Settings settings, Function<String, Optional<Rate>> providers) {
        this(catalog, settings, providers, List::of);
    }

    /**
     * @param providers the limit of one that steps call
     * @param mistakes in the integrators' files as they are now
     */
    public PipelinePlanner(
            Catalog catalog,
            Settings settings,
            Function<String, Optional<Rate>> providers,
            Supplier<List<Mistake>> mistakes) {
        this.mistakes = mistakes;
        this.catalog = catalog;
        this.settings = settings;
        this.providers = providers;
    }

    public Set<String> names() {
        return catalog.names();
    }

    /** Empty where there is no such pipeline. */
    public Optional<PipelinePlan> of(String name) {
        return Optional.ofNullable(catalog.current().get(name)).map(this::plan);
    }

    /** Of all pipelines, by name. */
    public List<PipelinePlan> all() {
        return names().stream().flatMap(name -> of(name).stream()).toList();
    }

    private PipelinePlan plan(LoadedPipeline version) {
        Pipeline pipeline = version.pipeline();
        List<PipelinePlan.Step> steps =
                pipeline.steps().stream().map(step -> step(pipeline, step)).toList();
        PipelineConfig said = pipeline.settings();
        return new PipelinePlan(
                pipeline.name(),
                pipeline.description(),
                origin(version.origin()),
                said.priority().name().toLowerCase(Locale.ROOT),
                pipeline.encodes(),
                said.rate() == null ? null : limit(null, said.rate()),
                rounded(steps.stream()
                        .mapToDouble(step -> step.retry().maxWaitSeconds())
                        .sum()),
                steps,
                rules());
    }

    private PipelinePlan.Origin origin(PipelineOrigin from) {
        boolean faulty =
                mistakes.get().stream().anyMatch(mistake -> mistake.file().equals(from.file()));
        return new PipelinePlan.Origin(
                from.shipped() ? "shipped" : "file", from.file(), from.version(), faulty ? "faulty" : "ready");
    }

    private PipelinePlan.Step step(Pipeline pipeline, String id) {
        KameletCall call = pipeline.calls().get(id);
        int index = pipeline.steps().indexOf(id);
        boolean slot = pipeline.steps().subList(index, pipeline.steps().size()).stream()
                .anyMatch(pipeline.settings().encodingSteps()::contains);
        Map<String, String> parameters = new TreeMap<>(call.parameters());
        return new PipelinePlan.Step(
                id,
                call.kamelet(),
                parameters,
                pipeline.settings().encodingSteps().contains(id),
                slot,
                Math.round(1000 * pipeline.share(id)) / 10.0,
                retry(pipeline.settings().policies().get(id)),
                call.providers().stream()
                        .flatMap(provider -> limit(provider).stream())
                        .toList(),
                call.ffmpeg() ? ffmpeg() : null);
    }

    private static PipelinePlan.Retry retry(RetryPolicy policy) {
        List<PipelinePlan.Wait> waits = IntStream.range(1, policy.attempts())
                .mapToObj(attempt -> wait(policy, attempt))
                .toList();
        double all = waits.stream().mapToDouble(PipelinePlan.Wait::maxSeconds).sum();
        Double bound = policy.totalTime() == null ? null : seconds(policy.totalTime());
        return new PipelinePlan.Retry(
                policy.attempts(),
                waits,
                rounded(bound == null ? all : Math.min(all, bound)),
                bound,
                policy.jitter(),
                policy.retryAfter());
    }

    private static PipelinePlan.Wait wait(RetryPolicy policy, int attempt) {
        Duration longest = policy.longestAfter(attempt);
        return new PipelinePlan.Wait(
                attempt, seconds(policy.shortestAfter(attempt)), seconds(longest), RetryPolicy.givesPlaceBack(longest));
    }

    private Stream<PipelinePlan.Limit> limits(String provider) {
        return providers.apply(provider).stream().map(rate -> limit(provider, rate));
    }

    private Optional<PipelinePlan.Limit> limit(String provider) {
        return limits(provider).findFirst();
    }

    private static PipelinePlan.Limit limit(String provider, Rate rate) {
        return new PipelinePlan.Limit(provider, rate.max(), seconds(rate.per()));
    }

    private PipelinePlan.Ffmpeg ffmpeg() {
        return new PipelinePlan.Ffmpeg(
                seconds(settings.duration("caravan.ffmpeg.timeout")),
                TIMES_DURATION,
                seconds(settings.duration("caravan.ffmpeg.stall")));
    }

    private PipelinePlan.Rules rules() {
        return new PipelinePlan.Rules(
                seconds(RetryPolicy.MAX_WAIT_IN_PLACE),
                seconds(RetryPolicy.GIVE_BACK),
                seconds(RetryPolicy.MAX_RETRY_AFTER),
                CrashSuspicion.of(settings).mostDeaths(),
                seconds(settings.duration("caravan.worker.lease")));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double rounded(double seconds) {
        return Math.round(1000 * seconds) / 1000.0;
    }
}
