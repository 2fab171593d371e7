// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The published form of a receipt's statement. */
public final class ReceiptSchema {
    static final Path FOLDER = Path.of(
            Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"), "contract", "receipt");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text("receipt.schema.json"));

    private ReceiptSchema() {}

    public static void assertFits(JsonObject statement) {
        assertThat(SCHEMA.validate(JsonText.of(statement), InputFormat.JSON))
                .as(JsonText.of(statement))
                .isEmpty();
    }

    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
