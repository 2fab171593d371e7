// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import io.taskbound.bench.DynamoProcess;
import io.taskbound.bench.PolicyText;
import io.taskbound.ledger.LedgerTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What our candidates work with: the product, ID tokens, a policy, DynamoDB Local in a process of its own, and KMS. */
final class Site implements AutoCloseable {
    /** DynamoDB Local's own first answers take seconds. */
    private static final int WARM_UP = 1_000;

    private final Path folder = Files.createTempDirectory("taskbound-peers");
    private final DynamoProcess dynamo = DynamoProcess.start();
    private final StandInKms kms = new StandInKms();
    private final AtomicInteger tables = new AtomicInteger();
    private final IdTokens idTokens;
    private final Product product;
    private final Path policy;
    private final Path unpacked;

    /** @throws NotHere when the product is not built */
    Site(Product product, Clock clock) throws IOException, NotHere {
        this.product = product;
        // Also when a person interrupts the measurement.
        Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing));
        idTokens = new IdTokens(clock);
        policy = Files.writeString(folder.resolve("policy.json"), PolicyText.pinned(IdTokens.ISSUER, idTokens.jwks()));
        unpacked = product.unpack(Files.createDirectory(folder.resolve("task")));
        warmUp();
    }

    IdTokens idTokens() {
        return idTokens;
    }

    StandInKms kms() {
        return kms;
    }

    Product product() {
        return product;
    }

    Path policy() {
        return policy;
    }

    Path unpacked() {
        return unpacked;
    }

    String dynamoEndpoint() {
        return dynamo.endpoint();
    }

    /** A new one, for one candidate's own files. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "candidate");
    }

    Path folder() {
        return folder;
    }

    /** A new one, as the template makes it, for one candidate alone. */
    String newTable() {
        var name = "peers-" + tables.incrementAndGet();
        try (var client = client()) {
            LedgerTable.create(client, name);
            client.updateTimeToLive(table -> table.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.attributeName("ttl").enabled(true)));
        }
        return name;
    }

    /** What it holds would slow down the next candidate's. */
    void dropTable(String name) {
        try (var client = client()) {
            client.deleteTable(table -> table.tableName(name));
        }
    }

    private void warmUp() {
        var name = newTable();
        try (var client = client()) {
            for (int i = 0; i < WARM_UP; i++) {
                var item = Map.of("pk", AttributeValue.fromS("warm-up-" + i), "sk", AttributeValue.fromS("0"));
                client.putItem(put -> put.tableName(name).item(item).conditionExpression("attribute_not_exists(pk)"));
                client.batchGetItem(get -> get.requestItems(Map.of(
                        name,
                        software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes.builder()
                                .keys(item)
                                .build())));
            }
        }
        dropTable(name);
    }

    private DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(dynamo.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    @Override
    public void close() throws IOException {
        idTokens.close();
        kms.close();
        dynamo.close();
        delete(folder);
    }

    /** DynamoDB Local ends by itself, when this process does. */
    private void leaveNothing() {
        OwnProcess.closeAll();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException goneOrInUse) {
            // a temporary folder: the system's to clear
        }
    }
}
