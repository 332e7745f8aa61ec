package dev.caravan.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Both schemas of Camel's YAML: what our version reads, and the canonical notation that later versions will insist on. */
final class Schemas {
    /** Put there by the build, from the newest camel-yaml-dsl; see pom.xml. */
    private static final Path CANONICAL = Path.of("target/camel-canonical/schema/camelYamlDsl-canonical.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    static JsonSchema ours() throws IOException {
        try (InputStream in = Schemas.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return schema(in);
        }
    }

    static JsonSchema canonical() throws IOException {
        if (!Files.exists(CANONICAL)) {
            throw new IllegalStateException("Run mvn generate-test-resources first: it fetches " + CANONICAL);
        }
        try (InputStream in = Files.newInputStream(CANONICAL)) {
            return schema(in);
        }
    }

    static JsonNode json(Object tree) {
        return JSON.valueToTree(tree);
    }

    private static JsonSchema schema(InputStream in) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
    }
}
