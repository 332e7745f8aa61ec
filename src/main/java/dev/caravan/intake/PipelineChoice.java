package dev.caravan.intake;

import dev.caravan.asset.AssetType;
import dev.caravan.job.Pipelines;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The pipelines that the route choose-pipeline chose for an upload.
 *
 * @param required pipelines that must complete before the asset is ready
 * @param optional pipelines that need not
 */
public record PipelineChoice(List<String> required, List<String> optional) {
    /** Variables that the route reads. */
    public static final String TYPE = "type";

    public static final String FILENAME = "filename";

    private static final String KEY = "key";
    private static final String OWNER = "owner";
    private static final String SIZE = "size";
    private static final String TAGS = "tags";

    /**
     * The properties of a file that the route may use, as variables by name; they are the same for every way of arrival.
     *
     * @param tags texts of its owner; null for none
     */
    public static Map<String, Object> facts(AssetType type, String owner, MediaFile file, List<String> tags) {
        return Map.of(
                TYPE,
                type.word(),
                FILENAME,
                file.filename() == null ? "" : file.filename(),
                KEY,
                file.key(),
                OWNER,
                owner,
                SIZE,
                file.size(),
                TAGS,
                tags == null ? "" : String.join(",", tags));
    }

    /** Variables that the route sets: names of pipelines, separated by commas. */
    private static final String REQUIRED = "required";

    private static final String OPTIONAL = "optional";

    /** @param variables by name: the values that the route set, null for others */
    public static PipelineChoice of(UnaryOperator<String> variables) {
        return new PipelineChoice(names(variables.apply(REQUIRED)), names(variables.apply(OPTIONAL)));
    }

    private static List<String> names(String value) {
        return value == null || value.isBlank()
                ? List.of()
                : List.of(value.trim().split("\\s*,\\s*"));
    }

    /** The choice without a pipeline that is requested already. */
    public PipelineChoice without(String pipeline) {
        return new PipelineChoice(but(pipeline, required), but(pipeline, optional));
    }

    private static List<String> but(String pipeline, List<String> names) {
        return names.stream().filter(name -> !name.equals(pipeline)).toList();
    }

    /** One job for each pipeline, required ones first, with their own priorities. */
    public List<Intake.Order> orders(Pipelines pipelines) {
        List<Intake.Order> orders = new ArrayList<>();
        required.forEach(name -> orders.add(new Intake.Order(name, pipelines.priority(name), Map.of(), true)));
        optional.forEach(name -> orders.add(new Intake.Order(name, pipelines.priority(name), Map.of(), false)));
        return orders;
    }
}
