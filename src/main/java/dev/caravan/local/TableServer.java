package dev.caravan.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.BindException;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Runs DynamoDB: the request handler of DynamoDB Local behind Caravan's own server, because DynamoDB Local's server binds
 * every address of the machine and reports its use to AWS.
 */
final class TableServer implements AutoCloseable {
    private final Server server;
    private final LocalDynamoDBServerHandler tables;

    private TableServer(Server server, LocalDynamoDBServerHandler tables) {
        this.server = server;
        this.tables = tables;
    }

    static TableServer start(Credentials credentials, Path folder, Port port) throws Exception {
        LocalDynamoDBServerHandler tables = new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false), null);
        Server server = new Server(new QueuedThreadPool(64, 4));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(Port.HOST);
        connector.setPort(port.number());
        server.addConnector(connector);
        server.setHandler(new SignedTablesOnly(credentials, tables));
        try {
            server.start();
        } catch (BindException e) {
            throw new LocalPortInUse("DynamoDB", port.number(), LocalSettings.DYNAMODB_PORT, e);
        }
        return new TableServer(server, tables);
    }

    @Override
    public void close() throws Exception {
        server.stop();
        tables.close();
    }
}
