package dev.caravan.subtitle;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the fonts of this machine that libass finds, as fontconfig reports them. It lists them once, since that takes
 * some 20 ms.
 */
final class InstalledFonts {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledFonts.class);
    private static final List<String> LIST = List.of(
            "fc-list",
            "--format",
            "%{family[0]}|%{weight}|%{slant}|%{color}|%{charset}|%{index}|%{file}\n",
            ":scalable=true");
    private static final int SECONDS = 10;

    private FontTable table;

    /** Empty if fontconfig cannot be run; then libass chooses alone. */
    synchronized FontTable table() {
        if (table == null) {
            table = list();
        }
        return table;
    }

    private static FontTable list() {
        try {
            Process process = new ProcessBuilder(LIST)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            try (BufferedReader reader = process.inputReader()) {
                return FontTable.of(reader.lines().toList());
            } finally {
                ended(process);
            }
        } catch (IOException e) {
            LOG.warn("Fonts are not checked: {}", e.getMessage());
            return FontTable.of(List.of());
        }
    }

    private static void ended(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
