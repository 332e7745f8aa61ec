package dev.caravan.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A file that an event loop fills without waiting for the disk: elsewhere it is written in batches, one after the other. */
final class Spool {
    /** Bytes that are worth a task. */
    private static final int BATCH = 1 << 18;
    /** Batches that may wait for the disk. */
    private static final int ENOUGH = 2;
    /** What a small piece costs in memory, in bytes, whatever is in it. */
    private static final int LEAST = 1 << 10;

    private final Path file;
    private final Executor disk;
    private final Executor loop;
    private final Listener listener;
    private List<ByteBuffer> batch = new ArrayList<>();
    private int gathered;
    private final AtomicInteger waiting = new AtomicInteger();
    private long size;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    /** Of the disk's threads, one at a time. */
    private FileChannel channel;

    /** Called on the loop. */
    interface Listener {
        /** There may be room again. */
        void written();

        void failed(Throwable why);
    }

    Spool(Path file, Executor disk, Executor loop, Listener listener) {
        this.file = file;
        this.disk = disk;
        this.loop = loop;
        this.listener = listener;
    }

    /** Takes the bytes as they are: they must not change any more. */
    void append(byte[] bytes, int from, int length) {
        size += length;
        batch.add(ByteBuffer.wrap(bytes, from, length));
        gathered += Math.max(length, LEAST);
        if (gathered >= BATCH) {
            handOver();
        }
    }

    /** True while the disk is behind and no more should come. */
    boolean crowded() {
        return waiting.get() >= ENOUGH;
    }

    /** Nothing comes any more. Done when all is in the file and the file is closed. */
    CompletableFuture<Void> end() {
        handOver();
        return written.thenRunAsync(this::close, disk);
    }

    /** Closes the file as it is. */
    CompletableFuture<Void> abandon() {
        return written.handleAsync(
                (done, failure) -> {
                    close();
                    return null;
                },
                disk);
    }

    long size() {
        return size;
    }

    Path file() {
        return file;
    }

    private void handOver() {
        List<ByteBuffer> pieces = batch;
        batch = new ArrayList<>();
        gathered = 0;
        waiting.incrementAndGet();
        written = written.thenRunAsync(() -> write(pieces), disk);
        written.whenComplete((done, failure) -> {
            if (failure != null) {
                loop.execute(() -> listener.failed(failure));
            } else if (waiting.getAndDecrement() == ENOUGH) {
                loop.execute(listener::written);
            }
        });
    }

    private void write(List<ByteBuffer> pieces) {
        try {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            for (ByteBuffer piece : pieces) {
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
