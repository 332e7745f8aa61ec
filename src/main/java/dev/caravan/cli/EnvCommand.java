package dev.caravan.cli;

import dev.caravan.Caravan;
import dev.caravan.settings.AmazonHost;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description =
                "Prints where Caravan is, and its credentials, for a shell: eval \"$(./caravan env)\". Exit code 3 when it does not run.")
final class EnvCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;

    @Override
    public Integer call() {
        Map<String, String> overrides = Map.of();
        Optional<RunState> running = RunState.read(Caravan.settings(overrides).path("caravan.data"));
        if (running.isEmpty()) {
            System.err.println("Caravan is not running.");
            return NOT_RUNNING;
        }
        System.out.print(exports(running.get(), Caravan.settings(overrides).text("caravan.aws.region")));
        return 0;
    }

    /**
     * Writes the variables that S3 clients read by themselves, and two of Caravan's. {@code AWS_ENDPOINT_URL} would redirect
     * every service of the shell, so only the variable of S3 is used. None of the values needs more than these quotes.
     */
    static String exports(RunState state, String region) {
        return export("CARAVAN_API", state.api())
                + export("CARAVAN_BUCKET", state.s3().bucket())
                + endpoint(state.s3().endpoint())
                + export("AWS_ACCESS_KEY_ID", state.s3().accessKey())
                + export("AWS_SECRET_ACCESS_KEY", state.s3().secretKey())
                + export("AWS_DEFAULT_REGION", region);
    }

    /** AWS itself needs no address, in any partition. */
    private static String endpoint(String s3) {
        return s3.isEmpty() || AmazonHost.is(URI.create(s3)) ? "" : export("AWS_ENDPOINT_URL_S3", s3);
    }

    /** Writes nothing where there is no value: on AWS the environment's own credentials are used. */
    private static String export(String name, String value) {
        return value.isEmpty() ? "" : "export %s='%s'%n".formatted(name, value.replace("'", "'\\''"));
    }
}
