package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    @TempDir
    Path folder;

    @Test
    void are_the_same_at_every_start() {
        assertThat(Credentials.of(folder)).isEqualTo(Credentials.of(folder));
    }

    @Test
    void differ_between_folders(@TempDir Path other) {
        assertThat(Credentials.of(folder).secretKey())
                .isNotEqualTo(Credentials.of(other).secretKey());
    }

    @Test
    void are_readable_by_the_owner_alone() throws Exception {
        Credentials.of(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("credentials.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void have_the_length_that_aws_clients_expect() {
        Credentials credentials = Credentials.of(folder);

        assertThat(credentials.accessKey()).matches("[A-Z0-9]{20}");
        assertThat(credentials.secretKey()).matches("[A-Za-z0-9]{40}");
    }

    @Test
    void keep_their_secrets_when_printed() {
        Credentials credentials = Credentials.of(folder);

        assertThat(credentials.toString()).doesNotContain(credentials.secretKey(), credentials.redisPassword());
    }
}
