package dev.caravan.cli;

import dev.caravan.ops.OpsBeans;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts Caravan in production, on AWS or compatible servers. */
@Command(
        name = "caravan",
        mixinStandardHelpOptions = true,
        description = "Turns uploads into finished media.",
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            EnvCommand.class,
            StopCommand.class,
            RecoverCommand.class,
            DoctorCommand.class,
            ProvisionCommand.class,
            PlanCommand.class,
            PipelinesCommand.class,
            LintCommand.class,
            NewCommand.class,
            JobsCommand.class,
            DeadLettersCommand.class,
            QueuesCommand.class,
            WorkersCommand.class,
            StatsCommand.class,
            CompletionCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LogOutput.choose();
        CommandLine line = new CommandLine(new Main());
        tellVersion(line);
        System.exit(line.setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof ApiConnection.Refused refused) {
                        System.err.println(refused.getMessage());
                        return refused.exitCode();
                    }
                    System.err.println(FailureText.about(failure));
                    return 1;
                })
                .execute(arguments));
    }

    private static void tellVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(() -> new String[] {"Caravan " + OpsBeans.version()});
        line.getSubcommands().values().forEach(Main::tellVersion);
    }
}
