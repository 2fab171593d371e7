// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local in a process of its own, so that its work and its garbage are not counted as the issuer's. */
public final class DynamoProcess implements AutoCloseable {
    static final String TABLE = "bench";
    private final Process process;
    private final String endpoint;

    private DynamoProcess(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    public static DynamoProcess start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), DynamoProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var endpoint = output.readLine();
        if (endpoint == null) {
            throw new IOException("DynamoDB Local did not start");
        }
        return new DynamoProcess(process, endpoint);
    }

    public String endpoint() {
        return endpoint;
    }

    /** The other process ends when it can read no more from this one, even if this one is killed. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }

    /** The other process. */
    public static void main(String[] none) throws IOException {
        try (var dynamo = HttpDynamo.start()) {
            makeTable(dynamo);
            System.out.println(dynamo.endpoint());
            while (System.in.read() >= 0) {
                // nothing is said; only the end counts
            }
        }
    }

    /** With the SDK's own patience: DynamoDB Local's first answers take longer than the ledger would wait. */
    private static void makeTable(HttpDynamo dynamo) {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build()) {
            LedgerTable.create(client, TABLE);
        }
    }
}
