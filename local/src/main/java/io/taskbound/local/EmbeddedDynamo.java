// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * DynamoDB Local inside this process: in memory, or in a folder where it outlives the process. For evaluation,
 * development and tests only (DynamoDB Local's licence). Its telemetry is off. Rows never expire here, because the
 * table's TTL is off: the service deletes days late, and a database that deletes at once would hide the effects of
 * that.
 */
public final class EmbeddedDynamo implements AutoCloseable {
    private static final String FILE = "taskbound.db";
    /** DynamoDB Local phones home unless it is told not to. */
    private static final boolean TELEMETRY_OFF = true;

    private final AmazonDynamoDBLocal database;

    private EmbeddedDynamo(AmazonDynamoDBLocal database) {
        this.database = database;
    }

    /** An empty database that ends with this process. */
    public static EmbeddedDynamo inMemory() {
        LocalLogging.quieten();
        return new EmbeddedDynamo(DynamoDBEmbedded.create(TELEMETRY_OFF));
    }

    /**
     * The database in this folder, which is made when it is not there. A write that was answered survives the kill of
     * this process (not the loss of the machine's power). One process at a time.
     */
    public static EmbeddedDynamo at(Path folder) {
        LocalLogging.quieten();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder of the database", e);
        }
        return new EmbeddedDynamo(DynamoDBEmbedded.create(folder.resolve(FILE).toFile(), TELEMETRY_OFF));
    }

    /** Calls the database directly: no HTTP, no signature, no retries, no timeouts. It ends with this object. */
    public DynamoDbClient client() {
        return database.dynamoDbClient();
    }

    @Override
    public void close() {
        database.shutdown();
    }
}
