// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import org.junit.jupiter.api.Test;

/** contract/receipt: the sample that other languages read is a receipt, and fits its schema. */
class SampleReceiptTest {
    @Test
    void theSampleVerifiesAndFitsTheSchema() throws Exception {
        var statement = OpenedReceipt.statement(json("receipt.intoto.json"), json("jwks.json"));

        ReceiptSchema.assertFits(statement);
        assertThat(statement).isEqualTo(json("statement.json"));
    }

    @Test
    void theSchemaRefusesWhatNoReceiptSays() throws Exception {
        var statement = json("statement.json");
        var more = JsonObject.builder();
        statement.members().forEach(more::put);
        more.put("work_done", true);

        assertThatThrownBy(() -> ReceiptSchema.assertFits(more.build())).isInstanceOf(AssertionError.class);
    }

    private static JsonObject json(String file) throws Exception {
        return StrictJson.parseObject(ReceiptSchema.text(file).getBytes(UTF_8));
    }
}
