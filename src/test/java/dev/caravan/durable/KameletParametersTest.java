package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** A parameter reaches the template of a Kamelet as it was written, directly and through another Kamelet. */
class KameletParametersTest {
    private static final String TEXT =
            """
            # first & more
            fragment a when b=1: x='a:b\\,c'
              goes=on%20+1
            {source} $simple{body} https://h/?a=1&note=2#x""";

    @Test
    void a_block_of_text_comes_through_as_it_was_written() throws Exception {
        assertThat(seen("direct")).isEqualTo("[" + TEXT + "\n][one]");
    }

    @Test
    void and_through_a_kamelet_that_calls_another() throws Exception {
        assertThat(seen("nested")).isEqualTo("[before\n" + TEXT + "\n\n][two]");
    }

    @Test
    void plain_parameters_stay_as_they_are_in_the_uri() {
        assertThat(KameletParameters.decode("640")).isEqualTo("640");
        assertThat(KameletParameters.decode(KameletParameters.encode("a b\n&%")))
                .isEqualTo("a b\n&%");
    }

    private static String seen(String route) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent()
                    .addInitialProperty("camel.component.kamelet.location", "classpath:kamelets");
            context.getComponent("kamelet", KameletComponent.class).setLocation("classpath:kamelets");
            context.addModelLifecycleStrategy(new KameletParameters(context));
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("texts.camel.yaml", yaml()));
            context.start();
            Exchange exchange = context.getEndpoint("direct:" + route).createExchange();
            context.createProducerTemplate().send("direct:" + route, exchange);
            return exchange.getProperty("echo", String.class);
        }
    }

    private static String yaml() {
        String block = TEXT.indent(22);
        return """
                - route:
                    id: direct
                    from:
                      uri: direct:direct
                      steps:
                        - to:
                            uri: kamelet:echo-action
                            parameters:
                              note: one
                              text: |
                %s
                - route:
                    id: nested
                    from:
                      uri: direct:nested
                      steps:
                        - to:
                            uri: kamelet:echo-twice-action
                            parameters:
                              text: |
                %s"""
                .formatted(block, block);
    }
}
