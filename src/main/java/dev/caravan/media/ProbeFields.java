package dev.caravan.media;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads single facts out of ffprobe's JSON, where numbers may be text, {@code N/A}, absurd or missing. */
final class ProbeFields {
    private static final double WEEK = 7 * 24 * 3600;

    private ProbeFields() {}

    /** Returns a whole number of at least 0; 0 for anything else. */
    static long whole(JsonNode node, String name) {
        try {
            return Math.max(0, Long.parseLong(node.path(name).asText("0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static int integer(JsonNode node, String name) {
        return (int) Math.min(Integer.MAX_VALUE, whole(node, name));
    }

    /** Returns seconds from 0 to a week; 0 for anything else. */
    static double seconds(JsonNode node, String name) {
        double value = number(node.path(name).asText(""));
        return value > 0 && value <= WEEK ? value : 0;
    }

    /** Returns seconds within a week before or after; 0 for anything else. */
    static double timestamp(JsonNode node, String name) {
        double value = number(node.path(name).asText(""));
        return Math.abs(value) <= WEEK ? value : 0;
    }

    /** Returns seconds from {@code 00:00:01.067000000}, as Matroska writes them in its tags. */
    static double clock(String text) {
        String[] parts = text.split(":");
        if (parts.length != 3) {
            return 0;
        }
        double value = number(parts[0]) * 3600 + number(parts[1]) * 60 + number(parts[2]);
        return value > 0 && value <= WEEK ? value : 0;
    }

    /**
     * Returns {@code 30000/1001} or {@code 8:9} as a number between {@code least} and {@code most}; else
     * {@code otherwise}.
     */
    static double ratio(String text, double least, double most, double otherwise) {
        String[] parts = text.split("[/:]");
        if (parts.length != 2 || number(parts[1]) == 0) {
            return otherwise;
        }
        double value = number(parts[0]) / number(parts[1]);
        return value >= least && value <= most ? value : otherwise;
    }

    /** Returns a finite number, or {@code otherwise}. */
    static double decimal(String text, double otherwise) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static double number(String text) {
        return decimal(text, 0);
    }
}
