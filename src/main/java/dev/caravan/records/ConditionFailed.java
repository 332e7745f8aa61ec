package dev.caravan.records;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reports a write that was refused because the record does not meet the writer's condition. */
public class ConditionFailed extends RuntimeException {
    private final int part;
    private final transient Map<String, AttributeValue> found;

    /**
     * @param part which part of the transaction, from 0
     * @param found the present record, empty when there is none
     */
    ConditionFailed(int part, Map<String, AttributeValue> found, Throwable cause) {
        super("Condition of part " + part + " does not hold", cause);
        this.part = part;
        this.found = found == null ? Map.of() : found;
    }

    public int part() {
        return part;
    }

    public Map<String, AttributeValue> found() {
        return found;
    }
}
