// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import io.taskbound.stack.StackTemplate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** The template's table is the one that the code makes on this machine. */
class TableOfTheTemplateTest {
    private final Map<String, Object> written =
            StackTemplate.ours().deployed(Map.of("IssuerUrl", "auto")).properties("Ledger");

    @Test
    void keysAttributesAndIndexesAreTheSame() {
        try (var dynamo = HttpDynamo.start();
                var client = PatientClient.of(dynamo)) {
            LedgerTable.create(client, "taskbound");
            var made =
                    client.describeTable(table -> table.tableName("taskbound")).table();

            assertThat(written.get("KeySchema")).isEqualTo(keys(made.keySchema()));
            assertThat(pairs(written.get("AttributeDefinitions"), "AttributeName", "AttributeType"))
                    .isEqualTo(made.attributeDefinitions().stream()
                            .collect(Collectors.toMap(
                                    each -> each.attributeName(), each -> each.attributeTypeAsString())));
            assertThat(indexes())
                    .isEqualTo(made.globalSecondaryIndexes().stream()
                            .collect(Collectors.toMap(each -> each.indexName(), each -> keys(each.keySchema()))));
            assertThat(made.globalSecondaryIndexes())
                    .allMatch(
                            index -> index.projection().projectionTypeAsString().equals("KEYS_ONLY"));
            assertThat(written.get("GlobalSecondaryIndexes").toString()).doesNotContain("INCLUDE", "ALL");
        }
    }

    private static List<Map<String, String>> keys(List<KeySchemaElement> schema) {
        return schema.stream()
                .map(each -> Map.of("AttributeName", each.attributeName(), "KeyType", each.keyTypeAsString()))
                .toList();
    }

    private Map<String, Object> indexes() {
        return maps(written.get("GlobalSecondaryIndexes")).stream()
                .collect(Collectors.toMap(each -> each.get("IndexName").toString(), each -> each.get("KeySchema")));
    }

    private static Map<String, String> pairs(Object list, String name, String value) {
        return maps(list).stream()
                .collect(Collectors.toMap(
                        each -> each.get(name).toString(),
                        each -> each.get(value).toString()));
    }

    private static List<Map<?, ?>> maps(Object list) {
        return ((List<?>) list)
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }
}
