package dev.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Translates the API's advice for the command line: replaces each API call with the command that makes it. */
final class TerminalAdvice {
    private static final Map<String, String> COMMANDS = commands();

    private TerminalAdvice() {}

    static String of(String advice) {
        String text = advice;
        for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
            text = text.replaceAll(command.getKey(), command.getValue());
        }
        return text;
    }

    /** The longer paths come first. */
    private static Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("POST /api/v1/jobs/([^ /]+)/(retry|cancel)", "./caravan jobs $2 $1");
        commands.put("GET /api/v1/jobs/([^ /?]+)\\?wait=\\d+", "./caravan jobs watch $1");
        commands.put("GET /api/v1/jobs/([^ /?]+)", "./caravan jobs show $1");
        commands.put("GET /api/v1/jobs", "./caravan jobs list");
        commands.put("GET /api/v1/dead-letters", "./caravan dead-letters list");
        commands.put("GET /api/v1/pipelines", "./caravan plan");
        commands.put("GET /api/v1/workers", "./caravan workers");
        commands.put("GET /api/v1/queues", "./caravan queues");
        commands.put("GET /api/v1/recovery", "./caravan recover --status");
        commands.put("GET /api/health", "./caravan doctor");
        return commands;
    }
}
