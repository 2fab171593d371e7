// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.Ran;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.local.HttpDynamo;
import io.taskbound.task.HookName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code taskbound hooks} in a data folder, and at a table what needs no KMS. */
class HooksCommandTest {
    private static final Pattern ID = Pattern.compile("Secret ([0-9a-f]{8}) of the hook acme is active");

    @TempDir
    private Path folder;

    private Ran hooks(String... args) {
        return answering("", args);
    }

    private Ran answering(String stdin, String... args) {
        var line = new ArrayList<>(List.of("hooks"));
        line.addAll(List.of(args));
        line.addAll(List.of("--data", folder.resolve("data").toString()));
        return Ran.with(Map.of(), stdin, line.toArray(String[]::new));
    }

    private String made(Path out) {
        var ran = hooks("secret", "acme", "--out", out.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        var id = ID.matcher(ran.out());
        assertThat(id.find()).as(ran.out()).isTrue();
        return id.group(1);
    }

    @Test
    void makesASecretThatOnlyItsOwnerReads() throws Exception {
        var out = folder.resolve("acme.secret");
        var id = made(out);

        var secret = Files.readString(out);
        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        var active = new HookFolder(folder.resolve("data")).active(new HookName("acme"));
        assertThat(active).hasSize(1);
        assertThat(active.toString()).doesNotContain(secret);
        assertThat(hooks("list").out()).contains("acme  " + id + "  made 20").doesNotContain(secret);
        assertThat(hooks("list", "--json").out())
                .contains("\"id\":\"" + id + "\"")
                .doesNotContain(secret);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
    void keepsItUnderPermissionsOfItsOwnerAlone() throws Exception {
        var out = folder.resolve("acme.secret");
        made(out);
        for (var file : List.of(out, folder.resolve("data/hooks/acme.json"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/hooks"))))
                .isEqualTo("rwx------");
    }

    @Test
    void printsNothingButTheSecretForASecretStore() {
        var ran = hooks("secret", "acme", "--print");
        assertThat(ran.out()).matches("[A-Za-z0-9_-]{43}");
        assertThat(ran.err()).contains("is active");
    }

    @Test
    void allowsTwoAndRetiresTheOlder() {
        var first = made(folder.resolve("1"));
        var second = made(folder.resolve("2"));
        var third = hooks("secret", "acme", "--out", folder.resolve("3").toString());
        assertThat(third.code()).isEqualTo(1);
        assertThat(third.err()).contains("has 2 active secrets", "hooks retire acme");
        assertThat(folder.resolve("3")).doesNotExist();

        var refused = answering("n\n", "retire", "acme");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(hooks("list").out()).contains(first, second);

        var retired = answering("y\n", "retire", "acme");
        assertThat(retired.code()).as(retired.err()).isZero();
        assertThat(hooks("list").out()).contains(second).doesNotContain(first);
    }

    @Test
    void saysWhatBreaksWithTheLastOne() {
        var id = made(folder.resolve("1"));
        var ran = hooks("retire", "acme", id, "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("It is the only one", "Retired");
        assertThat(hooks("list").out()).contains("acme  no secret");
        assertThat(hooks("retire", "acme", "--yes").code()).isEqualTo(1);
    }

    @Test
    void takesTheSecretThatBuildkiteMade() throws Exception {
        var file = Files.writeString(folder.resolve("token.txt"), "29b1ff5779c76bd48ba6705eb99ff970\n");
        assertThat(hooks("secret", "builds", "--from", file.toString()).code()).isZero();
        assertThat(answering("another-token-of-buildkite", "secret", "builds", "--from", "-")
                        .code())
                .isZero();
        assertThat(new HookFolder(folder.resolve("data")).active(new HookName("builds")))
                .hasSize(2);
        assertThat(Files.readString(folder.resolve("data/hooks/builds.json")))
                .contains("\"29b1ff5779c76bd48ba6705eb99ff970\"", "\"another-token-of-buildkite\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with blanks in the middle of it", "not-äscii-not-äscii"})
    void takesNoPoorSecret(String secret) {
        var ran = answering(secret, "secret", "acme", "--from", "-");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is not a secret").doesNotContain(secret);
    }

    /** The write may have been applied and its answer lost: then the file has what nobody else has. */
    @Test
    void keepsTheFileOfASecretThatMayBeActive() throws Exception {
        var file = Files.writeString(folder.resolve("acme.secret"), "s");
        var hook = new HookName("acme");
        var secret = ServerSecret.random();

        assertThatThrownBy(() -> HooksSecretCommand.added(hook, secret, file, adding(() -> {
                    throw new UnknownOutcome("0a0b0c0d", new LedgerUnavailable("timeout"));
                })))
                .isInstanceOf(Complaint.class)
                .hasMessage("Whether the secret 0a0b0c0d of the hook acme is active is not known: timeout.");
        assertThat(file).exists();

        assertThatThrownBy(() -> HooksSecretCommand.added(hook, secret, file, adding(() -> {
                    throw SecretsPlace.tooMany(hook);
                })))
                .isInstanceOf(Complaint.class);
        assertThat(file).doesNotExist();
    }

    private interface Adding {
        String add() throws Complaint, UnknownOutcome;
    }

    private static SecretsPlace adding(Adding outcome) {
        return new SecretsPlace() {
            @Override
            public Map<HookName, List<KeptSecret>> all() {
                return Map.of();
            }

            @Override
            public String add(HookName hook, String secret) throws Complaint, UnknownOutcome {
                return outcome.add();
            }

            @Override
            public void remove(HookName hook, String id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }

    @Test
    void overwritesNoSecret() throws Exception {
        var there = Files.writeString(folder.resolve("there"), "precious");
        var ran = hooks("secret", "acme", "--out", there.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(there).hasContent("precious");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** A folder that is not there is misspelt, so it is not said to hold no secret. */
    @Test
    void saysThatThereIsNoSuchFolder() throws Exception {
        for (var command : List.of(List.of("list"), List.of("retire", "acme", "--yes"))) {
            var ran = hooks(command.toArray(String[]::new));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("there is no such file or folder", "Name the data folder");
        }
        Files.createDirectory(folder.resolve("data"));
        assertThat(hooks("list").out()).contains("No hook has a secret");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(hooks("secret", "No Name").code()).isEqualTo(2);
        assertThat(hooks("retire", "acme", "0000", "--yes").code()).isEqualTo(1);
        assertThat(hooks("secret", "acme", "--from", "x", "--print").code()).isEqualTo(2);
        assertThat(hooks("list", "--table", "taskbound").err()).contains("--data names a folder");
        assertThat(Ran.of("hooks", "list").err()).contains("No table given");
        assertThat(Ran.of("hooks").code()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotOursIsAFaultAndNoSecret() throws Exception {
        Files.createDirectories(folder.resolve("data/hooks"));
        for (var text : List.of("", "{}x", "{\"secrets\":[1]}", "{\"secrets\":[{\"id\":\"a\"}]}")) {
            Files.writeString(folder.resolve("data/hooks/acme.json"), text);
            var ran = hooks("list");
            assertThat(ran.code()).as(text).isEqualTo(1);
            assertThat(ran.err()).contains("cannot be used");
        }
    }

    @Test
    void listsAndRetiresAtATableAndSealsNothingWithoutAKey() {
        try (var dynamo = HttpDynamo.start();
                var client = DynamoDbClient.builder()
                        .endpointOverride(dynamo.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(dynamo.credentials())
                        .build()) {
            LedgerTable.create(client, "taskbound");
            var store = new HookStore(new DynamoTable(client, "taskbound"));
            store.write(
                    new HookName("acme"),
                    HookStore.Secrets.NONE,
                    List.of(new SealedHookSecret("0a0b0c0d", "c2VhbGVk", Instant.EPOCH, "arn:aws:iam::1:user/ann")));

            assertThat(at(dynamo, "list").out())
                    .contains("acme  0a0b0c0d  made 1970-01-01T00:00:00Z by arn:aws:iam::1:user/ann")
                    .doesNotContain("c2VhbGVk");
            var keyless =
                    at(dynamo, "secret", "acme", "--out", folder.resolve("x").toString());
            assertThat(keyless.code()).isEqualTo(2);
            assertThat(keyless.err()).contains("--secrets-key");
            assertThat(folder.resolve("x")).doesNotExist();
            assertThat(at(dynamo, "secret", "acme", "--secrets-key", "mine").err())
                    .contains("neither an ARN nor an alias");

            assertThat(at(dynamo, "retire", "acme", "--yes").code()).isZero();
            assertThat(store.read(new HookName("acme")).active()).isEmpty();
        }
    }

    private static Ran at(HttpDynamo dynamo, String... args) {
        var line = new ArrayList<>(List.of("hooks"));
        line.addAll(List.of(args));
        line.addAll(List.of(
                "--table", "taskbound", "--endpoint-url", dynamo.endpoint().toString()));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "",
                line.toArray(String[]::new));
    }
}
