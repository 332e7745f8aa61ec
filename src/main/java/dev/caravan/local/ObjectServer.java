package dev.caravan.local;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/** Runs S3: S3Proxy on a folder. */
final class ObjectServer implements AutoCloseable {
    private final S3Proxy proxy;

    private ObjectServer(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static ObjectServer start(
            LocalSettings settings, Credentials credentials, Path folder, Port port, EventQueue events)
            throws Exception {
        requireAttributes(folder);
        BlobStore files = new FileKeysBlobStore(new FilesystemNio2BlobStore(folder.toString()));
        if (!files.containerExists(settings.bucket())) {
            files.createContainer(settings.bucket());
        }
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new AnnouncingBlobStore(files, settings, events))
                .endpoint(URI.create(port.url()))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                .jettyMaxThreads(64)
                .stopTimeout(0)
                .build();
        takeFormsAsFiles(proxy);
        try {
            proxy.start();
        } catch (BindException e) {
            throw new LocalPortInUse("S3", port.number(), LocalSettings.S3_PORT, e);
        }
        return new ObjectServer(proxy);
    }

    /**
     * Without this, Jetty reads a body of {@code application/x-www-form-urlencoded} as a form before S3Proxy reads it as a
     * file: curl and Python's urllib send this type by default. S3Proxy has no option for it.
     */
    private static void takeFormsAsFiles(S3Proxy proxy) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        for (Connector connector : ((Server) field.get(proxy)).getConnectors()) {
            connector
                    .getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .setFormEncodedMethods(Set.of());
        }
    }

    /** S3Proxy keeps eTags, content types and metadata in extended attributes; without them it silently loses all. */
    private static void requireAttributes(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            throw new LocalCloudException(
                    "The data folder %s is on a file system without extended attributes, which the local S3 needs: choose another folder with CARAVAN_DATA."
                            .formatted(folder.getParent()),
                    null);
        }
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
