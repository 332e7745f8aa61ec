package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Camel's own loader reads every file into the model that its schema promises. Beans behind it are for other tests. */
class LoadingTest {
    private DefaultCamelContext context;

    @BeforeEach
    void make_a_context() {
        context = new DefaultCamelContext(false);
        context.getPropertiesComponent().addLocation("classpath:application.properties");
        context.build();
    }

    @AfterEach
    void close_it() throws IOException {
        context.close();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#routes")
    void a_route_file_loads(YamlFile file) throws Exception {
        load(file);
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        int flows = file.flows("route").size() + file.flows("rest").size();
        assertThat(model.getRouteDefinitions()).hasSize(flows).allMatch(route -> route.getRouteId()
                .equals(file.name()));
        assertThat(model.getRouteConfigurationDefinitions())
                .hasSize(file.flows("routeConfiguration").size());
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routes.YamlFile#kamelets")
    void a_kamelet_loads_with_its_properties(YamlFile file) throws Exception {
        load(file);
        RouteTemplateDefinition template = context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteTemplateDefinition(file.name());
        assertThat(template).isNotNull();
        assertThat(Optional.ofNullable(template.getTemplateParameters()).orElse(List.of()))
                .extracting(RouteTemplateParameterDefinition::getName)
                .containsAll(file.at("spec", "definition", "properties").keySet());
    }

    private void load(YamlFile file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file.path()));
    }
}
