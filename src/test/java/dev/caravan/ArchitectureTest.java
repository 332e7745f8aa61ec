package dev.caravan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which room is which: who may call whom, and what stays outside. */
class ArchitectureTest {
    /**
     * Each room and the rooms that it knows, no more and no fewer, from the leaves up. The program's own package, its command line
     * and the embedded cloud know every room.
     */
    private static final String ROOMS =
            """
            failure          ->
            format           ->
            json             ->
            settings         ->
            redis            -> settings
            storage          -> failure
            fetch            -> failure settings
            records          -> json settings
            webhook          -> failure settings
            http             -> failure json settings
            ffmpeg           -> failure job settings work
            stats            -> job json records work
            stream           -> asset http settings storage
            asset            -> failure format json records storage
            hook             -> asset failure job json records
            intake           -> asset failure job records storage
            limit            -> failure job redis settings work
            durable          -> failure job json settings storage work
            job              -> asset failure json records settings storage
            ops              -> failure ffmpeg job records settings work
            waveform         -> failure ffmpeg json media storage work
            control          -> asset failure job json records storage work
            httpcall         -> failure fetch json media settings storage work
            image            -> failure ffmpeg json media settings storage work
            inputs           -> asset failure fetch media settings storage work
            live             -> http job json records redis settings work
            media            -> failure ffmpeg format json settings storage work
            publish          -> asset failure job json records storage work
            subtitle         -> failure ffmpeg json media settings storage work
            upload.tus       -> asset failure http records storage upload upload.presigned
            work             -> asset failure job json records settings storage
            ingest           -> asset failure format intake job json settings storage
            notify           -> asset failure fetch job json settings webhook work
            recovery         -> asset control failure job json records settings storage work
            replicate        -> asset failure fetch http imports intake job json records settings webhook
            api              -> asset control failure http intake job json records settings stats storage work
            imports          -> asset failure fetch http intake job json media records settings storage work
            upload           -> asset failure fetch format http intake job json media settings storage work
            upload.presigned -> asset failure fetch http intake job json media records settings storage upload
            """;

    private static JavaClasses production;

    @BeforeAll
    static void read_the_classes() {
        production = new ClassFileImporter().importPath("target/classes");
    }

    // Directions

    @TestFactory
    Stream<DynamicTest> a_room_knows_these_and_no_other() {
        return ROOMS.lines()
                .map(line -> line.split("->"))
                .map(row -> DynamicTest.dynamicTest(row[0].strip(), () -> {
                    String known = row.length < 2 ? "" : row[1].strip();
                    assertThat(String.join(" ", knownTo(row[0].strip()))).isEqualTo(known);
                }));
    }

    @Test
    void every_package_is_a_room() {
        Set<String> rooms =
                ROOMS.lines().map(line -> line.split("->")[0].strip()).collect(toCollection(TreeSet::new));
        Set<String> packages = production.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.replaceFirst("^dev\\.caravan\\.?", ""))
                .filter(name -> !Set.of("", "cli", "local").contains(name))
                .collect(toCollection(TreeSet::new));
        assertThat(rooms).isEqualTo(packages);
    }

    @Test
    void packages_form_no_circles() {
        check(slices().matching("dev.caravan.(*)..").should().beFreeOfCycles());
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

    private static Set<String> knownTo(String room) {
        return production.stream()
                .filter(type -> type.getPackageName().equals("dev.caravan." + room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .filter(name -> name.startsWith("dev.caravan") && !name.equals("dev.caravan." + room))
                .map(name -> name.replaceFirst("^dev\\.caravan\\.?", ""))
                .collect(toCollection(TreeSet::new));
    }
}
