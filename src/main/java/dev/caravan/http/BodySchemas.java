package dev.caravan.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Finds the schemas of JSON bodies in the contract. Nothing is downloaded: all of them are in the one document. */
final class BodySchemas {
    private static final String DOCUMENT = "urn:caravan:contract";
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .build();

    private final Contract contract;
    private JsonSchemaFactory factory;

    private BodySchemas(Contract contract) {
        this.contract = contract;
    }

    /** Compiles a schema when the first body for it comes; compiling all took a sixth of the start. The factory keeps it. */
    private synchronized JsonSchema compiled(SchemaLocation location) {
        if (factory == null) {
            factory = JsonSchemaFactory.getInstance(
                    SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                            .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                            .schemaLoaders(loaders -> loaders.schemas(
                                    Map.of(DOCUMENT, contract.document().toString()))));
        }
        return factory.getSchema(location, CONFIG);
    }

    /** Returns the schemas by operation. */
    static Map<String, BodySchema> of(Contract contract) {
        BodySchemas schemas = new BodySchemas(contract);
        Map<String, BodySchema> found = new TreeMap<>();
        contract.document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> schemas.add(path.getKey(), operation, found)));
        return found;
    }

    private void add(String path, Map.Entry<String, JsonNode> operation, Map<String, BodySchema> found) {
        JsonNode body = contract.body(operation.getValue());
        if (body.path("content").has(Answers.JSON)) {
            String reference = operation.getValue().at("/requestBody/$ref").asText("");
            String place = reference.isEmpty()
                    ? "#/paths/" + escaped(path) + "/" + operation.getKey() + "/requestBody"
                    : reference;
            SchemaLocation location = SchemaLocation.of(DOCUMENT + place + "/content/application~1json/schema");
            found.put(
                    operation.getValue().path("operationId").asText(),
                    new BodySchema(
                            contract.document(),
                            () -> compiled(location),
                            body.path("required").asBoolean()));
        }
    }

    /** Escapes a path as a JSON pointer in a URI needs it. */
    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
