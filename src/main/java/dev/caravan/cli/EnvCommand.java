package dev.caravan.cli;

import dev.caravan.Caravan;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description =
                "Prints where Caravan is, and its credentials, for a shell: eval \"$(./caravan env)\". Exit code 3 when it does not run.")
final class EnvCommand implements Callable<Integer> {
    private static final int NOT_RUNNING = 3;

    /** AWS itself needs no address, in no partition. */
    private static final Pattern OF_AWS = Pattern.compile("\\.amazonaws\\.com(\\.cn)?(:\\d+)?$");

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
     * The names that S3 clients read by themselves, and two of our own. None of the values needs more than these quotes.
     * {@code AWS_ENDPOINT_URL} counts for all services, so it is set only where the others have an address of their own.
     */
    static String exports(RunState state, String region) {
        return export("CARAVAN_API", state.api())
                + export("CARAVAN_BUCKET", state.s3().bucket())
                + endpoints(state)
                + export("AWS_ACCESS_KEY_ID", state.s3().accessKey())
                + export("AWS_SECRET_ACCESS_KEY", state.s3().secretKey())
                + export("AWS_DEFAULT_REGION", region);
    }

    private static String endpoints(RunState state) {
        String s3 = state.s3().endpoint();
        String dynamo = state.cloud().getOrDefault("caravan.dynamodb.endpoint", "");
        String sqs = state.cloud().getOrDefault("caravan.sqs.endpoint", "");
        if (OF_AWS.matcher(s3).find()) {
            return "";
        }
        return export("AWS_ENDPOINT_URL", dynamo.isEmpty() || sqs.isEmpty() ? "" : s3)
                + export("AWS_ENDPOINT_URL_S3", s3)
                + export("AWS_ENDPOINT_URL_DYNAMODB", dynamo)
                + export("AWS_ENDPOINT_URL_SQS", sqs);
    }

    /** Nothing where there is no value: on AWS the environment's own credentials count. */
    private static String export(String name, String value) {
        return value.isEmpty() ? "" : "export %s='%s'%n".formatted(name, value.replace("'", "'\\''"));
    }
}
