// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.cloud.OneAccount;
import io.taskbound.issuer.PolicyReading;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.issuer.PublishedPolicy;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import io.taskbound.token.Es256PublicKey;
import io.taskbound.token.KmsSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publishing with a policy key in KMS and a name from STS, on services that somebody else wrote. */
@ExtendWith(OnAwsServer.class)
class PublishOnAwsServerIT {
    private static OneAccount account;
    private static String key = "";
    private static String another = "";

    @TempDir
    private Path folder;

    private String table = "";

    @BeforeAll
    static void open(AwsServer server) {
        account = new OneAccount(server);
        key = account.signingKey();
        another = account.signingKey();
        account.kms()
                .createAlias(alias -> alias.aliasName("alias/taskbound-policy").targetKeyId(key));
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

    private Ran push(String yaml, String... more) {
        var line = new java.util.ArrayList<>(java.util.List.of("policy", "push", file(yaml), "--yes"));
        line.addAll(java.util.List.of(more));
        return account.run(table, line.toArray(String[]::new));
    }

    private String file(String yaml) {
        try {
            return Files.writeString(folder.resolve("policy.yaml"), yaml).toString();
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    private PolicyReading readByAnIssuerThatKnows(String keyArn) throws Exception {
        var publicHalf = Es256PublicKey.of(KmsSigner.open(account.kms(), keyArn).publicKeys());
        var store = new PolicyStore(new DynamoTable(account.dynamo(), table));
        return new PublishedPolicy(store, table, PolicyTerms.of("https://tokens.acme.example"), Optional.of(publicHalf))
                .first();
    }

    @Test
    void anIssuerTakesWhatWasSignedWithTheKeyThatItKnows() throws Exception {
        var ran = push(POLICY, "--key", "alias/taskbound-policy");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("In force  v1 ", ", signed", "published by arn:aws:");
        assertThat(readByAnIssuerThatKnows(key)).isInstanceOf(PolicyReading.Good.class);
        assertThat(readByAnIssuerThatKnows(another)).isInstanceOf(PolicyReading.Refused.class);
    }

    @Test
    void theLogSaysWhoseSignatureIsGood() {
        push(POLICY, "--key", key);

        var log = account.run(table, "policy", "log", "--key", "alias/taskbound-policy");
        assertThat(log.code()).as(log.err()).isZero();
        assertThat(log.out()).contains("in force, signature verified");
        assertThat(account.run(table, "policy", "log").out()).contains("signed, not checked");
        var foreign = account.run(table, "policy", "log", "--key", another);
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.out()).contains("signature WRONG");
        assertThat(foreign.err()).contains("has no valid signature by this key");
    }

    @Test
    void aPolicyThatWasPublishedUnsignedIsPublishedAgainForItsSignature() throws Exception {
        push(POLICY);
        assertThat(readByAnIssuerThatKnows(key)).isInstanceOf(PolicyReading.Refused.class);

        var ran = push(POLICY, "--key", key);
        assertThat(ran.out()).contains("No decision changes", "In force  v2 ");
        assertThat(readByAnIssuerThatKnows(key)).isInstanceOf(PolicyReading.Good.class);
    }

    @Test
    void aRollbackIsSignedAnewAndOnlyWhatThisKeyHasSigned() throws Exception {
        push(POLICY, "--key", another);
        push(POLICY.replace("10m", "9m"), "--key", key);
        push(POLICY.replace("10m", "8m"), "--key", key);

        var foreign = account.run(table, "policy", "rollback", "1", "--yes", "--key", key);
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.err()).contains("was not signed by this key");

        var own = account.run(table, "policy", "rollback", "2", "--yes", "--key", key);
        assertThat(own.out()).contains("In force  v4 ");
        assertThat(readByAnIssuerThatKnows(key)).isInstanceOf(PolicyReading.Good.class);
    }

    @Test
    void aKeyOfAnotherKindOrNoneAtAllPublishesNothing() {
        var wrong = push(POLICY, "--key", account.sealingKey());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("The policy key cannot be used", "nothing was published");
        assertThat(push(POLICY, "--key", "alias/absent").err()).contains("The policy key cannot be used");
        assertThat(new PolicyStore(new DynamoTable(account.dynamo(), table)).log())
                .isEmpty();
    }
}
