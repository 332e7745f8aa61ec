package dev.caravan;

import dev.caravan.control.Pause;
import dev.caravan.control.PauseState;
import dev.caravan.control.QueuePauses;
import dev.caravan.ffmpeg.FfmpegHealth;
import dev.caravan.ops.OpsBeans;
import dev.caravan.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Collects the warnings of every start: all of it works, but the operator should know. */
final class StartupWarnings {
    private StartupWarnings() {}

    static List<String> of(Settings settings, FfmpegHealth ffmpeg) {
        List<String> cautions = new ArrayList<>();
        openToOthers(settings).ifPresent(cautions::add);
        if (ffmpeg.available() && ffmpeg.jail().equals("none")) {
            cautions.add(
                    "FFmpeg runs without a jail%s: an upload that takes it over may read and write what the user %s may, and reach the network. %s"
                            .formatted(
                                    settings.flag("caravan.ffmpeg.jail") ? "" : " (caravan.ffmpeg.jail=false)",
                                    System.getProperty("user.name"),
                                    "Install bubblewrap and allow user namespaces, or see SECURITY.md"));
        }
        return cautions;
    }

    /** Warns of an open API; empty where only this machine reaches it, or this process has none. */
    static Optional<String> openToOthers(Settings settings) {
        String host = settings.text("caravan.http.host");
        if (!settings.list("caravan.roles").contains("api") || onlyThisMachine(host)) {
            return Optional.empty();
        }
        return Optional.of(
                "The API listens on %s, so other machines reach it. It has no users and no passwords: everybody who reaches it may read and delete all media. Put a proxy with a login before it, or set HOST=127.0.0.1"
                        .formatted(host));
    }

    /** Returns what health cannot find out by itself. */
    static OpsBeans.Word word(Settings settings, QueuePauses queuePauses, String worker, BooleanSupplier stopping) {
        return new OpsBeans.Word(stopping, () -> held(queuePauses.now(), worker), openToOthers(settings));
    }

    /** Names the jobs that workers do not claim because an operator paused or drained them. */
    private static List<String> held(PauseState now, String worker) {
        List<String> held =
                new ArrayList<>(now.paused().stream().map(Pause::sentence).toList());
        if (now.draining(worker)) {
            held.add("Worker %s is drained and takes nothing new".formatted(worker.replaceFirst("/.*", "")));
        }
        return held;
    }

    private static boolean onlyThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
