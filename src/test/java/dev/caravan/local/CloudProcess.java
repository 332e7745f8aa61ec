package dev.caravan.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An embedded cloud in a JVM of its own, which a test may kill. */
final class CloudProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Clients clients;

    private CloudProcess(Process process, Clients clients) {
        this.process = process;
        this.clients = clients;
    }

    static CloudProcess start(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CloudProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        @SuppressWarnings("unchecked")
        Map<String, String> properties = JSON.readValue(output.readLine(), Map.class);
        return new CloudProcess(process, new Clients(properties));
    }

    Clients clients() {
        return clients;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it in order, its Redis too. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }

    public static void main(String[] arguments) throws IOException {
        try (LocalCloud cloud = LocalCloud.start(LocalSettings.on(Path.of(arguments[0])))) {
            System.out.println(JSON.writeValueAsString(cloud.properties()));
            System.in.transferTo(System.out);
        }
        System.exit(0);
    }
}
