package dev.caravan.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A file that an event loop fills without waiting for the disk: disk threads write it in blocks, one after the other. */
final class Spool {
    private static final int BLOCK = 1 << 18;
    private static final int ENOUGH = 2;

    private final Path file;
    private final Executor disk;
    private final Executor loop;
    private final Listener listener;
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    private ByteBuffer filling;
    private int waiting;
    private long size;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
    /** Used by the disk's threads, one at a time. */
    private FileChannel channel;

    /** Called on the loop. */
    interface Listener {
        /** Tells that there may be room again. */
        void written();

        void failed(Throwable why);
    }

    Spool(Path file, Executor disk, Executor loop, Listener listener) {
        this.file = file;
        this.disk = disk;
        this.loop = loop;
        this.listener = listener;
    }

    void append(byte[] bytes, int from, int length) {
        size += length;
        for (int done = 0; done < length; ) {
            if (filling == null) {
                filling = spare.isEmpty() ? ByteBuffer.allocate(BLOCK) : spare.poll();
            }
            int part = Math.min(length - done, filling.remaining());
            filling.put(bytes, from + done, part);
            done += part;
            if (!filling.hasRemaining()) {
                handOver();
            }
        }
    }

    /** Returns true while the disk is behind and no more bytes should come. */
    boolean crowded() {
        return waiting >= ENOUGH;
    }

    /** Takes no more bytes. The result completes when all is in the file and the file is closed. */
    CompletableFuture<Void> end() {
        if (filling != null) {
            handOver();
        }
        return written.thenRunAsync(() -> write(ByteBuffer.allocate(0)), disk).thenRun(this::close);
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
        ByteBuffer block = filling.flip();
        filling = null;
        waiting++;
        written = written.thenRunAsync(() -> write(block), disk);
        written.whenComplete((done, failure) -> loop.execute(() -> {
            waiting--;
            spare.add(block.clear());
            if (failure == null) {
                listener.written();
            } else {
                listener.failed(failure);
            }
        }));
    }

    private void write(ByteBuffer block) {
        try {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            while (block.hasRemaining()) {
                channel.write(block);
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
