// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.ISSUED;
import static io.taskbound.ledger.Attributes.LISTING_KEY;
import static io.taskbound.ledger.Attributes.PK;
import static io.taskbound.ledger.Attributes.SK;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Creates the table where no template does: on this machine and in tests. The template of a deployment declares the
 * same, and turns the TTL on; here it stays off, so that nothing disappears that the service would keep for days.
 */
public final class LedgerTable {
    private LedgerTable() {}

    /** Makes the table unless it is there. */
    public static void create(DynamoDbClient client, String name) {
        try {
            client.createTable(table -> table.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(attributes())
                    .keySchema(schema(PK, SK))
                    .globalSecondaryIndexes(
                            index("sweep", SWEEP_SHARD, FIRST_DEADLINE), index("listing", LISTING_KEY, ISSUED)));
            client.waiter().waitUntilTableExists(wait -> wait.tableName(name));
        } catch (ResourceInUseException there) {
            client.describeTable(table -> table.tableName(name));
        }
    }

    private static List<AttributeDefinition> attributes() {
        var texts = Stream.of(PK, SK, SWEEP_SHARD, LISTING_KEY).map(name -> attribute(name, ScalarAttributeType.S));
        var numbers = Stream.of(FIRST_DEADLINE, ISSUED).map(name -> attribute(name, ScalarAttributeType.N));
        return Stream.concat(texts, numbers).toList();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> schema(String hash, String range) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(hash)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(range)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    /** Keys only: an index finds tokens, and the table says what they are. */
    private static GlobalSecondaryIndex index(String name, String hash, String range) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(schema(hash, range))
                .projection(Projection.builder()
                        .projectionType(ProjectionType.KEYS_ONLY)
                        .build())
                .build();
    }
}
