package dev.caravan.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits how long a connection may be silent, and how long the head of a request may take from its first byte. While a
 * request is answered there is no limit: uploads, events and calls that wait for a job have their own.
 */
final class ConnectionTimeouts extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<ConnectionTimeouts> KEY =
            AttributeKey.valueOf(ConnectionTimeouts.class, "patience");
    private static final AttributeKey<Boolean> LAST = AttributeKey.valueOf(ConnectionTimeouts.class, "last");

    private final Limits limits;
    private ChannelHandlerContext context;
    private Future<?> end;
    private boolean silent;

    /** @param idle without any byte @param head from the first byte of a request to the end of its head */
    record Limits(Duration idle, Duration head) {}

    private ConnectionTimeouts(Limits limits) {
        this.limits = limits;
    }

    /** Watches a new connection. */
    static void watch(HttpConnection connection, Limits limits) {
        ConnectionTimeouts connectionTimeouts = new ConnectionTimeouts(limits);
        Channel channel = channel(connection);
        channel.attr(KEY).set(connectionTimeouts);
        channel.pipeline().addFirst("patience", connectionTimeouts);
    }

    /** Notes that the head of a request has come in whole. */
    static void headCame(HttpConnection connection) {
        ConnectionTimeouts connectionTimeouts = channel(connection).attr(KEY).get();
        if (connectionTimeouts != null) {
            connectionTimeouts.rest();
        }
    }

    /** Notes that the request has been answered: the connection waits for the next one. */
    static void answered(HttpConnection connection) {
        ConnectionTimeouts connectionTimeouts = channel(connection).attr(KEY).get();
        if (connectionTimeouts != null) {
            connectionTimeouts.waitForRequest();
        }
    }

    /** Ends the connection after the present request; no other is answered, not even one that has come already. */
    static void last(HttpConnection connection) {
        channel(connection).attr(LAST).set(true);
    }

    static boolean isOver(HttpConnection connection) {
        return Boolean.TRUE.equals(channel(connection).attr(LAST).get());
    }

    private static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        waitForRequest();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object bytes) {
        if (silent) {
            silent = false;
            closeAfter(limits.head());
        }
        reading.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        rest();
        gone.fireChannelInactive();
    }

    private void waitForRequest() {
        silent = true;
        closeAfter(limits.idle());
    }

    private void rest() {
        silent = false;
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    private void closeAfter(Duration time) {
        if (end != null) {
            end.cancel(false);
        }
        end = context.executor().schedule(() -> context.close(), time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
