package dev.caravan.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        scope = ScopeType.LOCAL,
        synopsisSubcommandLabel = "(pipeline | step) NAME",
        description =
                "Writes the beginning of a pipeline, or of a Kamelet for a step, into the folder of your own pipelines.",
        subcommands = {NewPipelineCommand.class, NewStepCommand.class})
final class NewCommand implements Runnable {
    @Override
    public void run() {
        throw new ApiConnection.Refused("Say what: ./caravan new pipeline NAME, or ./caravan new step NAME.", 2);
    }
}
