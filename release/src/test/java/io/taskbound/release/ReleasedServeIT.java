// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.CloseAnswer;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RenewAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The released jar as an issuer on a table: the AWS SDK has survived the packing. */
class ReleasedServeIT {
    private static final String AUDIENCE = "https://tokens.acme.example";
    private static final String TARGET = "environment:acme/shop/staging";
    private static final String LISTENING = "listening on ";

    @TempDir
    private Path folder;

    private final HttpDynamo dynamo = HttpDynamo.start();
    private StandInProvider provider;
    private Process issuer;

    @BeforeEach
    void serve() throws Exception {
        provider = StandInProvider.start(Clock.systemUTC());
        try (var tables = dynamo.client()) {
            LedgerTable.create(tables, "tokens");
        }
        var aws = Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
        var data = folder.resolve("data").toString();
        issuer = Jar.start(
                aws, "serve", "--table", "tokens", "--data", data, "--port", "0", "--policy", policy().toString());
    }

    @AfterEach
    void stop() {
        issuer.destroyForcibly();
        provider.close();
        dynamo.close();
    }

    @Test
    void mintsAndClosesOnATable() throws Exception {
        var client = IssuerClient.builder(IssuerUrl.of(url()))
                .idTokenAudience(AUDIENCE)
                .build();
        var request = TaskRequest.of(TaskDetail.of("deploy", "deploy", TARGET)).withTxn(UUID.randomUUID());
        var answer = client.mint(IdToken.of(idTokenText()), request);
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        var token = ((MintAnswer.Granted) answer).token().token();
        assertThat(client.renew(token, request.holder())).isInstanceOf(RenewAnswer.Renewed.class);
        assertThat(client.close(token)).isInstanceOf(CloseAnswer.Closed.class);
        assertThat(client.renew(token, request.holder())).isInstanceOf(RenewAnswer.Refused.class);
    }

    @Test
    void runsACommandWithATokenOfItsOwn() throws Exception {
        var environment = Map.of("TASKBOUND_ID_TOKEN", idTokenText());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var ran = Jar.run(
                environment,
                "run",
                "--issuer",
                url(),
                "--id-token-audience",
                AUDIENCE,
                "--task",
                "deploy",
                "--identifier",
                TARGET,
                "--",
                java,
                "-version");
        assertThat(ran.output()).contains("granted deploy: deploy " + TARGET, "Runtime", "closed by step end");
        assertThat(ran.code()).isZero();
    }

    private String idTokenText() {
        return provider.idToken(provider.github("acme/shop", "main").forAudience(AUDIENCE));
    }

    /** What it says is read to the line with its URL; the rest is a line for each decision, and fits the pipe. */
    private String url() throws IOException {
        var said = new StringBuilder();
        var output = issuer.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length());
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("it ended, and said:\n" + said);
    }

    private Path policy() throws IOException {
        var text = """
                version: 1
                providers:
                  github:
                    profile: github
                    issuer: %s
                    audience: %s
                resource_servers:
                  deployer:
                    audience: https://deploy.acme.example
                    checks: redeem
                    client_secret_hashes: ["%s"]
                tasks:
                  deploy:
                    permissions:
                      - resource_server: deployer
                        actions: [deploy]
                        identifiers: ["environment:${project}/*"]
                    max_lifetime: 10m
                    lease: 60s
                    allow:
                      - provider: github
                        claims: {repository_id: "2002", repository_owner_id: "1001"}
                """;
        return Files.writeString(
                folder.resolve("policy.yaml"), text.formatted(provider.issuer(), AUDIENCE, "0a".repeat(32)));
    }
}
