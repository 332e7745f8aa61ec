package dev.caravan.cli;

import picocli.CommandLine.Command;

@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Shows jobs and acts on them.",
        subcommands = {
            JobsListCommand.class,
            JobsShowCommand.class,
            JobsWatchCommand.class,
            JobsRetryCommand.class,
            JobsCancelCommand.class,
            JobsSetCommand.class
        })
final class JobsCommand {}
