package dev.caravan.ffmpeg;

import dev.caravan.ffmpeg.FfmpegResult.StreamStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Reads both outputs of a child as they come; with the files that it writes, they are its signs of life. */
final class ChildOutput {
    /** ffprobe's description of an hour of packets is some 5 MB. */
    private static final int MAX_OUTPUT = 64 << 20;

    private final FfmpegCommand command;
    private final StderrTail tail;
    private final DecodeStatistics statistics = new DecodeStatistics();
    private final FilterLog filters = new FilterLog();
    private final PictureLog pictures = new PictureLog();
    private final ProgressParser progress = new ProgressParser();
    private final StringBuilder output = new StringBuilder();
    private final AtomicLong signs = new AtomicLong();
    private final boolean reportsProgress;
    private volatile Progress latest;
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    ChildOutput(FfmpegCommand command) {
        this.command = command;
        this.tail = new StderrTail(command.step().workspace());
        this.reportsProgress = command.getExecutable().equals("ffmpeg");
    }

    void to(Process process, Executor threads) {
        LineReader stdout = new LineReader(reportsProgress ? this::onReport : this::onOutput);
        LineReader stderr = new LineReader(this::onStderr);
        ended = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> stdout.drain(process.getInputStream()), threads),
                CompletableFuture.runAsync(() -> stderr.drain(process.getErrorStream()), threads));
    }

    /** Returns a number that changes with the child's progress: what it reports, prints, or writes to its files. */
    long pulse() {
        return signs.get()
                + command.call().outputs().stream()
                        .mapToLong(ChildOutput::changes)
                        .sum();
    }

    /**
     * Returns the output, once both streams have ended, and with them every process that could still write. Does not wait
     * for a grandchild that keeps them open.
     */
    FfmpegResult result() {
        try {
            ended.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            tail.accept("(a process that outlived its parent still holds the output)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
        Map<Integer, StreamStatistics> inputs = statistics.inputs();
        synchronized (output) {
            return new FfmpegResult(
                    output.toString(),
                    inputs,
                    statistics.errors(),
                    tail.text(),
                    filters.warnings(),
                    filters.reports(),
                    latest == null ? Duration.ZERO : latest.outTime(),
                    pictures.pictures());
        }
    }

    private void onReport(String line) {
        progress.accept(line).ifPresent(report -> {
            if (!report.equals(latest)) {
                latest = report;
                signs.incrementAndGet();
                tell(report);
            }
        });
    }

    private void tell(Progress report) {
        Duration media = command.call().media();
        if (!command.call().aside()) {
            command.step().progress(report.fractionOf(media), report.paceOf(media));
        }
    }

    private void onOutput(String line) {
        signs.incrementAndGet();
        synchronized (output) {
            if (output.length() + line.length() < MAX_OUTPUT) {
                output.append(line).append('\n');
            }
        }
    }

    private void onStderr(String line) {
        statistics.accept(line);
        filters.accept(line);
        pictures.accept(line);
        tail.accept(line);
    }

    private static long changes(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.size() + now.lastModifiedTime().toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
