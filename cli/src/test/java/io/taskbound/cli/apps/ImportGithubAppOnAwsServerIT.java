// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.Ran;
import io.taskbound.cli.cloud.OneAccount;
import io.taskbound.issuer.TableAppKeys;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.github.StandInGithub;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Keys of Apps sealed by a KMS and kept in a DynamoDB that somebody else wrote, and opened as the issuer does. */
@ExtendWith(OnAwsServer.class)
class ImportGithubAppOnAwsServerIT {
    private static OneAccount account;
    private static String seal = "";
    private static String pem = "";

    @TempDir
    private Path folder;

    private String table = "";

    @BeforeAll
    static void open(AwsServer server) {
        account = new OneAccount(server);
        seal = account.sealingKey();
        try (var github = StandInGithub.start(Clock.systemUTC())) {
            github.organization("acme", 1001);
            pem = github.app("acme", Map.of("contents", "read")).pem();
        }
    }

    @AfterAll
    static void close() {
        account.close();
    }

    @BeforeEach
    void createTable(TestInfo test) {
        table = test.getTestMethod().orElseThrow().getName();
        account.createTable(table);
    }

    private Ran imported(String... more) throws IOException {
        var file = Files.writeString(folder.resolve("app.pem"), pem);
        return account.run(
                table,
                Stream.concat(
                                Stream.of("keys", "import-github-app", file.toString(), "--app-id", "12345"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private TableAppKeys keys(String sealedFor) {
        return new TableAppKeys(
                new AppKeyStore(new DynamoTable(account.dynamo(), table)),
                new KmsAppKeys(account.kms(), seal, sealedFor));
    }

    @Test
    void theTableHasOnlyWhatKmsSealedAndTheIssuerOpensIt() throws Exception {
        var ran = imported("--secrets-key", seal);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("is sealed by KMS in the table " + table);

        var items = account.dynamo().scan(scan -> scan.tableName(table)).items().toString();
        pem.lines()
                .skip(1)
                .filter(line -> !line.startsWith("-"))
                .forEach(line -> assertThat(items).doesNotContain(line));
        assertThat(AppKey.read(pem, "it").isSignedBy(keys(table).find("12345").orElseThrow()))
                .isTrue();
        assertThatThrownBy(() -> keys("another").find("12345")).isInstanceOf(SignerUnavailable.class);
        assertThat(imported("--secrets-key", seal).code()).isZero();
    }

    @Test
    void withoutAKeyThatSealsNothingIsKept() throws Exception {
        assertThat(imported().err()).contains("The KMS key that seals the App's key is not known");
        assertThat(imported("--secrets-key", "alias/nothing").err()).contains("The key was not kept");
        assertThat(keys(table).find("12345")).isEmpty();
    }

    /** This server knows no import: the table names nothing, and the sentence names the key that was made. */
    @Test
    void aKeyThatKmsDoesNotTakeIsNotKept() throws Exception {
        var ran = imported("--import-into-kms");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The key was not brought into KMS", "The new key arn:aws:kms:");
        assertThat(keys(table).find("12345")).isEmpty();
    }

    @Test
    void anotherKeyInKmsIsNotTakenForThisOne() throws Exception {
        var arn = account.kms()
                .createKey(request -> request.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.SIGN_VERIFY))
                .keyMetadata()
                .arn();
        var ran = imported("--kms-key", arn);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("another one than that in the file");
        assertThat(keys(table).find("12345")).isEmpty();
    }
}
