// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract on LocalStack, by its last image that needs no account. Skipped, and said so, where Docker is not. */
@ExtendWith(DockerNotice.class)
@Testcontainers(disabledWithoutDocker = true)
class LocalStackLedgerIT extends LedgerContract {
    @Container
    private static final LocalStackContainer LOCALSTACK =
            new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0")).withServices("dynamodb");

    private static DynamoDbClient client;
    private static Ledger ledger;

    @BeforeAll
    static void start() {
        var credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LOCALSTACK.getAccessKey(), LOCALSTACK.getSecretKey()));
        client = DynamoClients.at(URI.create(LOCALSTACK.getEndpoint().toString()), credentials);
        LedgerTable.create(client, "taskbound");
        ledger = new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30)).write(entry);
    }
}
