// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.Ran;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table on DynamoDB Local behind real HTTP, policies in files, and the commands as somebody types them. */
final class PublishScene implements AutoCloseable {
    private static final AtomicInteger TABLES = new AtomicInteger();
    static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");

    /** One repository may sign for ten minutes. */
    static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: us}
            resource_servers:
              signer: {audience: signer, checks: redeem, client_secret_hashes: ["%s"]}
            tasks:
              sign-release:
                permissions: [{resource_server: signer, actions: [sign], identifiers: ["artifact:a/**"]}]
                max_lifetime: 10m
                allow: [{provider: github, claims: {repository_id: "2002", ref: refs/heads/main, ref_type: branch}}]
            """.formatted("5e".repeat(32));

    final Path folder;
    final String table = "policies" + TABLES.incrementAndGet();
    final DynamoDbClient client;
    final PolicyStore store;
    private final URI endpoint;

    PublishScene(HttpDynamo dynamo, Path folder) {
        this.folder = folder;
        this.endpoint = dynamo.endpoint();
        this.client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build();
        LedgerTable.create(client, table);
        this.store = new PolicyStore(new DynamoTable(client, table));
    }

    Path file(String yaml) {
        try {
            return Files.writeString(folder.resolve("policy.yaml"), yaml);
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    /** Pushes this policy without asking anybody. */
    Ran push(String yaml, String... more) {
        var args = new ArrayList<>(List.of("push", file(yaml).toString(), "--yes"));
        args.addAll(List.of(more));
        return policy(args.toArray(String[]::new));
    }

    Ran policy(String... args) {
        return answering("", args);
    }

    Ran answering(String stdin, String... args) {
        return Ran.with(CREDENTIALS, stdin, line(args));
    }

    String[] line(String... args) {
        var line = new ArrayList<>(List.of("policy"));
        line.addAll(List.of(args));
        line.addAll(List.of("--table", table, "--endpoint-url", endpoint.toString()));
        return line.toArray(String[]::new);
    }

    String textInForce() {
        var release = store.release(store.head()).orElseThrow();
        if (store.text(release) instanceof PolicyStore.Text.Whole whole) {
            return whole.json();
        }
        throw new AssertionError("the text in force is damaged");
    }

    /** Writes an item as somebody might who can write to the table. */
    void plant(String sk, Map<String, AttributeValue> attributes) {
        var item = new java.util.HashMap<>(attributes);
        item.put("pk", AttributeValue.fromS("POLICY"));
        item.put("sk", AttributeValue.fromS(sk));
        client.putItem(put -> put.tableName(table).item(item));
    }

    /** As whoever has the publisher's rights to the table, and its past, can. */
    void setHead(long number, String hash) {
        plant("HEAD", Map.of("v", AttributeValue.fromN(Long.toString(number)), "ph", AttributeValue.fromS(hash)));
    }

    void deleteHead() {
        client.deleteItem(delete -> delete.tableName(table)
                .key(Map.of("pk", AttributeValue.fromS("POLICY"), "sk", AttributeValue.fromS("HEAD"))));
    }

    Map<String, AttributeValue> item(String sk) {
        return client.getItem(get -> get.tableName(table)
                        .key(Map.of("pk", AttributeValue.fromS("POLICY"), "sk", AttributeValue.fromS(sk)))
                        .consistentRead(true))
                .item();
    }

    @Override
    public void close() {
        client.close();
    }
}
