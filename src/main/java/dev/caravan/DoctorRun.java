package dev.caravan;

import dev.caravan.ops.Diagnosis;
import dev.caravan.ops.Doctor;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.RedisAddress;
import dev.caravan.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the checks of {@code ./caravan doctor} that fit what runs here and where the stores are. */
public final class DoctorRun {
    private DoctorRun() {}

    /** A Caravan that runs here: its API, and the endpoint of its S3. */
    public record Running(String api, String s3) {}

    /** @param running empty where no Caravan runs here */
    public static Diagnosis examine(Map<String, String> environment, Optional<Running> running) {
        Settings settings = SettingsSource.before(Map.of());
        boolean embedded = !"aws".equals(environment.get("CARAVAN_PROFILE"))
                && settings.find("caravan.s3.endpoint").isEmpty();
        Doctor doctor = new Doctor(settings, UnknownSettings.said(environment), unknown(environment, settings));
        running.ifPresentOrElse(here -> doctor.running(here.api()), () -> doctor.stopped(settings, embedded));
        if (running.isEmpty()) {
            StartupWarnings.openToOthers(settings).ifPresent(open -> doctor.remark("exposure", "open to others", open));
        }
        if (embedded) {
            running.ifPresent(here -> doctor.clock(here.s3()));
            return doctor.examine();
        }
        try (CloudClients clients = CloudClients.of(settings)) {
            return doctor.clock(clients.s3Endpoint())
                    .stores(settings, clients.s3(), clients.dynamo(), clients.sqs())
                    .examine();
        }
    }

    private static List<String> unknown(Map<String, String> environment, Settings settings) {
        List<String> unknown = new ArrayList<>();
        try {
            UnknownSettings.refuseUnknown(environment, SettingsSource.known());
            RedisAddress.of(settings);
        } catch (InvalidSetting e) {
            unknown.add(e.getMessage());
        }
        return unknown;
    }
}
