package dev.caravan;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which room is which: who may call whom, and what stays outside. */
class ArchitectureTest {
    private static JavaClasses production;

    @BeforeAll
    static void read_the_classes() {
        production = new ClassFileImporter().importPath("target/classes");
    }

    // Directions

    @Test
    void packages_form_no_circles() {
        check(slices().matching("dev.caravan.(*)..").should().beFreeOfCycles());
    }

    @Test
    void failure_is_a_leaf() {
        check(room("failure").knowsOnly());
    }

    @Test
    void format_is_a_leaf() {
        check(room("format").knowsOnly());
    }

    @Test
    void settings_is_a_leaf() {
        check(room("settings").knowsOnly());
    }

    @Test
    void records_know_settings_and_failure() {
        check(room("records").knowsOnly("settings", "failure"));
    }

    @Test
    void storage_knows_bytes_and_no_jobs() {
        check(room("storage").knowsOnly("failure", "settings", "records"));
    }

    @Test
    void an_asset_knows_nothing_of_jobs() {
        check(room("asset").knowsOnly("format", "storage", "records", "failure", "settings"));
    }

    @Test
    void jobs_know_no_media_and_no_routes() {
        check(room("job").knowsOnly("asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void acceptance_knows_no_worker() {
        check(room("intake").knowsOnly("job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void the_worker_knows_no_pipeline() {
        check(room("work").knowsOnly("job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void control_acts_on_records() {
        check(room("control").knowsOnly("work", "intake", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void recovery_stands_beside_the_worker() {
        check(room("recovery")
                .knowsOnly("control", "work", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void limits_stand_before_the_worker() {
        check(room("limit").knowsOnly("live", "work", "job", "failure", "settings"));
    }

    @Test
    void durable_steps_stand_on_the_worker() {
        check(room("durable").knowsOnly("work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void ingest_ends_where_jobs_begin() {
        check(room("ingest")
                .knowsOnly("format", "intake", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void publish_writes_assets_for_jobs() {
        check(room("publish").knowsOnly("work", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void ffmpeg_knows_the_step_it_runs_in_and_no_media() {
        check(room("ffmpeg").knowsOnly("work", "job", "failure", "settings").allowEmptyShould(true));
    }

    @Test
    void media_steps_know_no_engine() {
        check(room("media").knowsOnly("format", "ffmpeg", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void subtitles_stand_on_media() {
        check(room("subtitle")
                .knowsOnly("media", "ffmpeg", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void pictures_stand_on_media() {
        check(room("image").knowsOnly("media", "ffmpeg", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void waveforms_stand_on_media() {
        check(room("waveform")
                .knowsOnly("media", "ffmpeg", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void the_front_door_knows_no_asset_and_no_job() {
        check(room("http").knowsOnly("records", "failure", "settings"));
    }

    @Test
    void uploads_end_where_jobs_begin_and_look_into_media() {
        check(room("upload")
                .knowsOnly(
                        "format",
                        "fetch",
                        "http",
                        "media",
                        "subtitle",
                        "ffmpeg",
                        "intake",
                        "work",
                        "job",
                        "asset",
                        "storage",
                        "records",
                        "failure",
                        "settings"));
    }

    @Test
    void fetching_knows_no_job() {
        check(room("fetch").knowsOnly("failure", "settings"));
    }

    @Test
    void imports_fetch_for_assets() {
        check(room("imports")
                .knowsOnly(
                        "fetch",
                        "http",
                        "media",
                        "intake",
                        "work",
                        "job",
                        "asset",
                        "storage",
                        "records",
                        "failure",
                        "settings"));
    }

    @Test
    void announced_uploads_stand_on_how_bodies_are_read() {
        check(room("announce")
                .knowsOnly(
                        "upload",
                        "fetch",
                        "http",
                        "media",
                        "intake",
                        "job",
                        "asset",
                        "storage",
                        "records",
                        "failure",
                        "settings"));
    }

    @Test
    void further_inputs_of_steps_are_fetched_for_media() {
        check(room("inputs")
                .knowsOnly("fetch", "media", "work", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void hooks_tell_of_records() {
        check(room("hook").knowsOnly("job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void services_are_called_through_fetch() {
        check(room("httpcall")
                .knowsOnly("fetch", "media", "ffmpeg", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void webhooks_know_how_they_are_signed_and_nothing_else() {
        check(room("webhook").knowsOnly("failure", "settings"));
    }

    @Test
    void predictions_end_where_imports_begin() {
        check(room("replicate")
                .knowsOnly(
                        "webhook",
                        "imports",
                        "fetch",
                        "http",
                        "intake",
                        "job",
                        "asset",
                        "storage",
                        "records",
                        "failure",
                        "settings"));
    }

    @Test
    void news_of_assets_go_out_through_fetch() {
        check(room("notify")
                .knowsOnly("webhook", "fetch", "work", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void tus_is_another_dress_of_announced_uploads() {
        check(room("tus")
                .knowsOnly("announce", "upload", "http", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void the_api_shows_assets_and_jobs() {
        check(room("api")
                .knowsOnly(
                        "http",
                        "control",
                        "stats",
                        "intake",
                        "work",
                        "job",
                        "asset",
                        "storage",
                        "records",
                        "failure",
                        "settings"));
    }

    @Test
    void statistics_read_what_others_write() {
        check(room("stats").knowsOnly("work", "job", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void live_tells_of_jobs_and_changes_none() {
        check(room("live").knowsOnly("http", "work", "job", "storage", "records", "failure", "settings"));
    }

    @Test
    void streams_show_files_of_assets() {
        check(room("stream").knowsOnly("http", "asset", "storage", "records", "failure", "settings"));
    }

    @Test
    void health_looks_at_the_worker_and_ffmpeg() {
        check(room("ops").knowsOnly("ffmpeg", "work", "job", "records", "failure", "settings"));
    }

    @Test
    void media_steps_know_no_table() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.caravan.media..",
                        "dev.caravan.image..",
                        "dev.caravan.waveform..",
                        "dev.caravan.subtitle..",
                        "dev.caravan.ffmpeg..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.services.dynamodb.."));
    }

    @Test
    void features_know_nothing_of_the_program_that_wires_them() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.caravan", "dev.caravan.cli..", "dev.caravan.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.caravan"));
    }

    // The embedded cloud

    @Test
    void nothing_reaches_the_embedded_cloud() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.caravan.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.caravan.local.."));
    }

    @Test
    void production_carries_no_embedded_server() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.caravan.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.gaul..",
                        "org.jclouds..",
                        "com.amazonaws..",
                        "org.elasticmq..",
                        "redis.embedded..",
                        "org.eclipse.jetty.."));
    }

    // Habits

    @Test
    void only_commands_talk_to_the_terminal() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.caravan.cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
    }

    @Test
    void logs_go_through_slf4j() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }

    @Test
    void sleeping_is_for_those_who_wait_for_something_outside() {
        check(noClasses()
                .that(are_not("dev.caravan.durable.RetryUntilStored", "dev.caravan.local.RedisServer"))
                .and()
                .resideOutsideOfPackage("dev.caravan.cli..")
                .should()
                .callMethod(Thread.class, "sleep", long.class));
    }

    @Test
    void nothing_is_injected_into_fields() {
        check(noFields()
                .should()
                .beAnnotatedWith("org.apache.camel.BeanInject")
                .orShould()
                .beAnnotatedWith("org.apache.camel.PropertyInject")
                .orShould()
                .beAnnotatedWith("org.apache.camel.EndpointInject")
                .orShould()
                .beAnnotatedWith("org.apache.camel.Produce")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("javax.inject.Inject"));
    }

    private static void check(ArchRule rule) {
        rule.check(production);
    }

    private static DescribedPredicate<JavaClass> are_not(String... names) {
        return DescribedPredicate.describe("are not " + String.join(", ", names), type -> Stream.of(names)
                .noneMatch(name -> type.getName().equals(name)));
    }

    private static Room room(String name) {
        return new Room("dev.caravan." + name + "..");
    }

    /** A package and what is in it. */
    private record Room(String inside) {
        /** Of Caravan's own, that is; what libraries it uses is its own business. */
        ArchRule knowsOnly(String... others) {
            String[] allowed = Stream.concat(
                            Stream.of(inside), Stream.of(others).map(other -> "dev.caravan." + other + ".."))
                    .toArray(String[]::new);
            DescribedPredicate<JavaClass> ours = resideInAPackage("dev.caravan..");
            return classes()
                    .that()
                    .resideInAPackage(inside)
                    .should()
                    .onlyDependOnClassesThat(DescribedPredicate.not(ours).or(resideInAnyPackage(allowed)));
        }
    }
}
