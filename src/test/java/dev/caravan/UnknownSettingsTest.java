package dev.caravan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownSettingsTest {
    @Test
    void a_variable_that_no_setting_reads_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() ->
                        UnknownSettings.refuseUnknown(Map.of("CARAVAN_WORKER_CONCURENCY", "4"), SettingsSource.known()))
                .hasMessage("Setting CARAVAN_WORKER_CONCURENCY: there is no such setting."
                        + " Did you mean CARAVAN_WORKER_CONCURRENCY?");
    }

    @Test
    void settings_the_launchers_own_and_other_programs_variables_are_fine() {
        assertThatCode(() -> UnknownSettings.refuseUnknown(
                        Map.of(
                                "CARAVAN_S3_BUCKET",
                                "b",
                                "CARAVAN_PROFILE",
                                "aws",
                                "CARAVAN_DATA",
                                "d",
                                "CARAVAN_SERVICE_HOST",
                                "10.0.0.1"),
                        SettingsSource.known()))
                .doesNotThrowAnyException();
    }
}
