// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.Ran;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.AwsServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** An AWS account on an AWS-compatible server, and commands that work in it. */
public final class OneAccount implements AutoCloseable {
    private static final Region REGION = Region.US_EAST_1;
    private final AwsServer server;
    private final DynamoDbClient dynamo;
    private final KmsClient kms;

    public OneAccount(AwsServer server) {
        this.server = server;
        this.dynamo = DynamoDbClient.builder()
                .endpointOverride(server.endpoint())
                .region(REGION)
                .credentialsProvider(server.credentials())
                .build();
        this.kms = KmsClient.builder()
                .endpointOverride(server.endpoint())
                .region(REGION)
                .credentialsProvider(server.credentials())
                .build();
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    public KmsClient kms() {
        return kms;
    }

    public void createTable(String name) {
        LedgerTable.create(dynamo, name);
    }

    /** The ARN of a new key that signs (ECC_NIST_P256). */
    public String signingKey() {
        return kms.createKey(key -> key.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .arn();
    }

    /** The ARN of a new key that encrypts. */
    public String sealingKey() {
        return kms.createKey(key -> key.keySpec(KeySpec.SYMMETRIC_DEFAULT).keyUsage(KeyUsageType.ENCRYPT_DECRYPT))
                .keyMetadata()
                .arn();
    }

    /** The command with the account's endpoint, region and credentials. */
    public Ran run(String table, String... args) {
        var line = new ArrayList<>(List.of(args));
        line.addAll(List.of(
                "--table",
                table,
                "--region",
                REGION.id(),
                "--endpoint-url",
                server.endpoint().toString()));
        var environment = Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");
        return Ran.with(environment, "", line.toArray(String[]::new));
    }

    @Override
    public void close() {
        dynamo.close();
        kms.close();
    }
}
