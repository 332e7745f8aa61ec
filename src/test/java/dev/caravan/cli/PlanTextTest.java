package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.Caravan;
import dev.caravan.durable.PipelinePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plans of our own pipelines, read without a running Caravan. */
class PlanTextTest {

    @Test
    void a_plan_says_what_will_happen_in_seconds() throws Exception {
        List<PipelinePlan> plans = Caravan.plans();
        assertThat(plans).extracting(PipelinePlan::pipeline).contains("burn-subtitles", "standardize-video");
        PipelinePlan standard = plans.stream()
                .filter(plan -> plan.pipeline().equals("standardize-video"))
                .findFirst()
                .orElseThrow();
        assertThat(PlanText.of(standard).lines())
                .contains(
                        "standardize-video - Any video in, 1080x1920 at 30 fps H.264/AAC out.",
                        "Priority normal; claimed together with a CPU slot. Jobs start whenever there is a place.",
                        "2. convert  (standardize-video-action, 90 % of the progress)",
                        "   with       fit=blur, fps=30, height=1920, width=1080",
                        "   CPU slot   held; this step encodes",
                        "   FFmpeg     ended after 60 s without progress, or after 600 s (10 times the duration of longer media)",
                        "   on failure 3 attempts in all, 6 s of waiting at most",
                        "              after attempt 1  wait 2 s, in place",
                        "              after attempt 2  wait 4 s, in place",
                        "In all 18 s of waiting at most, where every step fails as often as it may.");
    }
}
