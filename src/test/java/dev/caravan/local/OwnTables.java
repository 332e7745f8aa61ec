package dev.caravan.local;

import java.nio.file.Path;

/** A DynamoDB of a test's own: what it does to tables in the background is not held up by the tables of all other tests. */
public final class OwnTables implements AutoCloseable {
    private final TableServer server;
    private final Port port;

    /** @param folder for its file; it takes the keys of the shared cloud */
    public OwnTables(Path folder) {
        var shared = SharedCloud.get().properties();
        port = Port.reserve("DynamoDB", 0, LocalSettings.DYNAMODB_PORT);
        try {
            server = TableServer.start(
                    new Credentials(
                            shared.get("caravan.aws.access-key"), shared.get("caravan.aws.secret-key"), "unused"),
                    folder,
                    port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return port.url();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
