package dev.caravan.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program as production runs it, on AWS or what speaks its protocols. */
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
            JobsCommand.class,
            DeadLettersCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LogOutput.choose();
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    boolean refused = failure instanceof Remote.Refused;
                    System.err.println(refused ? failure.getMessage() : Sentence.about(failure));
                    return 1;
                })
                .execute(arguments));
    }
}
