package dev.caravan;

import dev.caravan.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request to one operation of the contract, and ways to spoil it.
 *
 * @param body null for none
 */
record ContractSample(String method, String path, String body, String type, List<String> headers) {
    static ContractSample of(String method, String path) {
        return new ContractSample(method.toUpperCase(Locale.ROOT), path, null, "application/json", List.of());
    }

    ContractSample at(String newPath) {
        return new ContractSample(method, newPath, body, type, headers);
    }

    ContractSample saying(String newBody) {
        return new ContractSample(method, path, newBody, type, headers);
    }

    ContractSample as(String newType) {
        return new ContractSample(method, path, body, newType, headers);
    }

    ContractSample with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(name, value));
        return new ContractSample(method, path, body, type, more);
    }

    /** The same with another word wherever this one stands. */
    ContractSample about(String word, String other) {
        return new ContractSample(
                method, path.replace(word, other), body == null ? null : body.replace(word, other), type, headers);
    }

    /** What no operation takes: a query without sense, or half a body. */
    ContractSample wrong() {
        return body == null ? at(path + "?limit=0&wait=soon") : saying("{");
    }

    Answer sendBy(ApiClient api) {
        String[] all = headers.toArray(String[]::new);
        return body == null ? api.send(method, path, all) : api.text(method, path, type, body, all);
    }
}
