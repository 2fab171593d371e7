// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is made of {@code docs/controls.yaml} is up to date, and is what it says that it is. */
class ControlsDocumentsTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    private static String file(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    @Test
    void thePageIsMadeOfTheFile() throws IOException {
        assertThat(file("docs/controls.md"))
                .as("run tools/controls")
                .isEqualTo(new ControlsPage(Controls.built()).text());
    }

    @Test
    void theComponentDefinitionIsMadeOfTheFile() throws IOException {
        assertThat(file("docs/component-definition.json"))
                .as("run tools/controls")
                .isEqualTo(new ComponentDefinition(Controls.built()).text());
    }

    @Test
    void theComponentDefinitionIsOneByNistsSchema() throws Exception {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(file("contract/oscal/component.schema.json"), InputFormat.JSON);
        var text = file("docs/component-definition.json");
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        assertThat(StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8)).has("component-definition"))
                .isTrue();
        assertThat(schema.validate(
                        text.replace("\"control-id\": \"ac-3\"", "\"control-id\": \"ac 3\""), InputFormat.JSON))
                .as("the schema sees a fault")
                .isNotEmpty();
    }
}
