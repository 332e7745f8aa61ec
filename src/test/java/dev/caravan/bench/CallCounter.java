package dev.caravan.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of a client by method. */
public final class CallCounter {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    public <T> T around(Class<T> type, String name, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getParameterCount() > 0 && method.getDeclaringClass() != Object.class) {
                        calls.computeIfAbsent(name + "." + method.getName(), key -> new LongAdder())
                                .increment();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    public void reset() {
        calls.clear();
    }

    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }
}
