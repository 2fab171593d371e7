// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.Ran;
import io.taskbound.cli.cloud.OneAccount;
import io.taskbound.issuer.SealedHookSecrets;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.HookStore;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import io.taskbound.task.HookName;
import io.taskbound.token.SealedSecrets;
import io.taskbound.token.SignerUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of hooks sealed by a KMS and kept in a DynamoDB that somebody else wrote, and opened as the issuer does. */
@ExtendWith(OnAwsServer.class)
class HooksOnAwsServerIT {
    private static final HookName ACME = new HookName("acme");
    private static OneAccount account;
    private static String seal = "";

    @TempDir
    private Path folder;

    private String table = "";

    @BeforeAll
    static void open(AwsServer server) {
        account = new OneAccount(server);
        seal = account.sealingKey();
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

    private Ran hooks(String... args) {
        return account.run(
                table, Stream.concat(Stream.of("hooks"), Stream.of(args)).toArray(String[]::new));
    }

    private HookStore store() {
        return new HookStore(new DynamoTable(account.dynamo(), table));
    }

    private SealedHookSecrets opened(SealedSecrets secrets) {
        return new SealedHookSecrets(
                hook -> store().read(hook),
                (hook, secret) -> secrets.open(hook.value(), secret.id(), secret.sealed()),
                line -> {});
    }

    @Test
    void theTableHasOnlyWhatKmsSealedAndTheIssuerOpensIt() throws Exception {
        var out = folder.resolve("acme.secret");
        var ran = hooks("secret", "acme", "--secrets-key", seal, "--out", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(hooks("secret", "acme", "--secrets-key", seal, "--print").code())
                .isZero();
        assertThat(hooks("secret", "acme", "--secrets-key", seal, "--print").err())
                .contains("has 2 active secrets");

        var secret = Files.readString(out);
        assertThat(account.dynamo().scan(scan -> scan.tableName(table)).items().toString())
                .doesNotContain(secret);
        assertThat(opened(new SealedSecrets(account.kms(), seal, table)).active(ACME, Instant.now()))
                .hasSize(2);
        assertThat(hooks("list").out().lines()).hasSize(2).allMatch(line -> line.contains(" by arn:aws:"));

        assertThat(hooks("retire", "acme", "--yes").code()).isZero();
        assertThat(store().read(ACME).active()).hasSize(1);
    }

    /** What is moved to another hook, or to another issuer's table, does not open. */
    @Test
    void aSecretOpensForItsOwnTableHookAndIdAlone() throws Exception {
        hooks("secret", "acme", "--secrets-key", seal, "--print");
        var kept = store().read(ACME);
        store().write(new HookName("other"), HookStore.Secrets.NONE, kept.active());

        var ours = opened(new SealedSecrets(account.kms(), seal, table));
        assertThat(ours.active(ACME, Instant.now())).hasSize(1);
        assertThatThrownBy(() -> ours.active(new HookName("other"), Instant.now()))
                .isInstanceOf(SignerUnavailable.class);
        var anothers = opened(new SealedSecrets(account.kms(), seal, "another"));
        assertThatThrownBy(() -> anothers.active(ACME, Instant.now())).isInstanceOf(SignerUnavailable.class);
    }

    @Test
    void whatKmsDoesNotSealIsNotMade() {
        var out = folder.resolve("acme.secret");
        var ran = hooks("secret", "acme", "--secrets-key", "alias/nothing", "--out", out.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The secret was not made: KMS did not seal the secret");
        assertThat(out).doesNotExist();
        assertThat(store().read(ACME)).isEqualTo(HookStore.Secrets.NONE);
    }
}
