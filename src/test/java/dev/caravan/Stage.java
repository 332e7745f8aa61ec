package dev.caravan;

import dev.caravan.work.StepContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What the steps of the tests' pipelines do: each scene plays the act that the test gave it, and takes notes. */
public final class Stage {
    private final Map<String, Act> acts = new ConcurrentHashMap<>();
    private final List<Note> notes = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public interface Act {
        void play(Exchange exchange, StepContext step) throws Exception;
    }

    /** One attempt of one step. */
    public record Note(String jobId, String scene, int attempt, long nanoTime) {}

    public void play(Exchange exchange, String scene) throws Exception {
        StepContext step = StepContext.of(exchange);
        notes.add(new Note(step.jobId(), scene, step.attempt(), System.nanoTime()));
        Act act = acts.get(scene);
        if (act != null) {
            act.play(exchange, step);
        }
    }

    /** For routes of hooks: keeps what they were told, and plays the act {@code hook}. */
    public void hear(Exchange exchange) throws Exception {
        heard.add(exchange.getMessage().getBody(String.class));
        Act act = acts.get("hook");
        if (act != null) {
            act.play(exchange, null);
        }
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Forgets acts and notes, for the next test on the same Caravan. Its jobs have ended. */
    void clear() {
        acts.clear();
        notes.clear();
    }

    public void set(String scene, Act act) {
        acts.put(scene, act);
    }

    public List<Note> notes(String scene) {
        return notes.stream().filter(note -> note.scene().equals(scene)).toList();
    }

    public List<Note> notes() {
        return List.copyOf(notes);
    }

    public List<String> scenes() {
        return notes.stream().map(Note::scene).toList();
    }
}
