package dev.caravan.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A step's fingerprint, part by part, so that it can be told what changed. Written as three times 16 hex digits.
 *
 * @param definition of the step, its Kamelet and the settings that this reads
 * @param parameters of the job for this step
 * @param input the file that the step is given and what earlier steps learned
 */
record StepFingerprint(String definition, String parameters, String input) {
    /** Of one part. */
    static final int DIGITS = 16;

    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{16}(-[0-9a-f]{16}){2}");

    /** Of the step itself, what is other than in {@code recorded}. */
    List<String> changedOwn(String recorded) {
        String[] parts = parts(recorded);
        List<String> changed = new ArrayList<>();
        if (!definition.equals(parts[0])) {
            changed.add("definition");
        }
        if (!parameters.equals(parts[1])) {
            changed.add("parameters");
        }
        return changed;
    }

    /** Of all that counts, what is other than in {@code recorded}. */
    List<String> changed(String recorded) {
        List<String> changed = changedOwn(recorded);
        if (!input.equals(parts(recorded)[2])) {
            changed.add("input");
        }
        return changed;
    }

    /** A fingerprint that an earlier version wrote has nothing in common with this version's. */
    private static String[] parts(String recorded) {
        return recorded != null && TEXT.matcher(recorded).matches() ? recorded.split("-") : new String[] {"", "", ""};
    }

    @Override
    public String toString() {
        return definition + "-" + parameters + "-" + input;
    }
}
