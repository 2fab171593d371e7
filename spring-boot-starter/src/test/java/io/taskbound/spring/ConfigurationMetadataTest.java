// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.json.JsonParserFactory;

/** What editors show of the properties is what there is. */
class ConfigurationMetadataTest {
    @Test
    void namesEveryPropertyWithItsTypeAndDefault() throws Exception {
        var expected = Arrays.stream(TaskboundProperties.class.getRecordComponents())
                .collect(Collectors.toMap(
                        component -> "taskbound."
                                + component
                                        .getName()
                                        .replaceAll("([A-Z])", "-$1")
                                        .toLowerCase(java.util.Locale.ROOT),
                        component -> component.getType().getName() + " "
                                + Arrays.stream(TaskboundProperties.class.getDeclaredConstructors()[0].getParameters())
                                        .filter(parameter -> parameter.getName().equals(component.getName()))
                                        .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                                        .filter(Objects::nonNull)
                                        .map(value -> value.value()[0])
                                        .collect(Collectors.joining())));
        assertThat(published()).isEqualTo(expected);
    }

    private static Map<String, String> published() throws Exception {
        try (var in = Objects.requireNonNull(
                TaskboundProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var properties = (java.util.List<?>) Objects.requireNonNull(
                    JsonParserFactory.getJsonParser().parseMap(text).get("properties"));
            return properties.stream()
                    .map(property -> (Map<?, ?>) property)
                    .filter(property -> String.valueOf(property.get("name")).startsWith("taskbound."))
                    .peek(property -> assertThat(String.valueOf(property.get("description")))
                            .endsWith("."))
                    .collect(Collectors.toMap(
                            property -> String.valueOf(property.get("name")),
                            property -> property.get("type") + " "
                                    + (property.containsKey("defaultValue") ? property.get("defaultValue") : "")));
        }
    }
}
