package dev.caravan.ffmpeg;

import dev.caravan.failure.StepException;
import dev.caravan.work.StepContext;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.ExecResult;
import org.apache.camel.component.exec.impl.DefaultExecBinding;

/**
 * Takes the command from the Kamelet and nothing from the message: no header can name another program or argument. The
 * body stays as it is; the outcome goes into the property {@link FfmpegResult#PROPERTY}.
 */
final class FfmpegBinding extends DefaultExecBinding {
    private final FfmpegSettings settings;

    FfmpegBinding(FfmpegSettings settings) {
        this.settings = settings;
    }

    @Override
    public ExecCommand readInput(Exchange exchange, ExecEndpoint endpoint) {
        exchange.getMessage().removeHeaders("CamelExec*");
        String program = endpoint.getExecutable();
        FfmpegCall call = required(exchange, FfmpegCall.PROPERTY, FfmpegCall.class);
        String command = required(exchange, FfmpegCall.COMMAND, String.class);
        try {
            List<String> arguments = CommandTemplate.parse(command).arguments(call.values());
            return new FfmpegCommand(program, checked(program, arguments, call), call, StepContext.of(exchange));
        } catch (TemplateException e) {
            throw StepException.permanent(
                    "COMMAND_INVALID", e.getMessage(), "Correct the command in the Kamelet of this step.");
        }
    }

    @Override
    public void writeOutput(Exchange exchange, ExecResult result) {
        exchange.setProperty(FfmpegResult.PROPERTY, ((FfmpegExecResult) result).outcome());
    }

    private List<String> checked(String program, List<String> arguments, FfmpegCall call) {
        return program.equals(Vips.PROGRAM)
                ? Vips.checked(arguments, call)
                : new HardenedArguments(call.demuxers(), settings.maxPixels()).around(program, arguments);
    }

    private static <T> T required(Exchange exchange, String property, Class<T> type) {
        T value = exchange.getProperty(property, type);
        if (value == null) {
            throw new IllegalStateException("The exchange property " + property + " is not set");
        }
        return value;
    }
}
