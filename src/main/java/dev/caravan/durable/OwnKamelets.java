package dev.caravan.durable;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** The Kamelets of integrators, which stand before the shipped ones: a plug-in of the context in which files are checked. */
record OwnKamelets(Map<String, FlowFile> files) {
    private static final OwnKamelets NONE = new OwnKamelets(Map.of());

    static OwnKamelets of(Collection<FlowFile> files) {
        return new OwnKamelets(files.stream()
                .filter(FlowFile::isKamelet)
                .collect(Collectors.toMap(FlowFile::kamelet, file -> file, (first, second) -> first)));
    }

    static OwnKamelets in(CamelContext context) {
        OwnKamelets own = context.getCamelContextExtension().getContextPlugin(OwnKamelets.class);
        return own == null ? NONE : own;
    }

    Optional<FlowFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }
}
