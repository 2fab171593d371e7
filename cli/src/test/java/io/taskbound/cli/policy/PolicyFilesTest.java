// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.KeyTrouble;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import io.taskbound.local.StandInTls;
import io.taskbound.policy.Fault;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {
    private static final String PROVIDERS = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://gh.example", audience: us}
            """;
    private static final String SERVERS = """
            resource_servers:
              store: {audience: store, checks: offline}
            """;
    private static final String TASKS = """
            tasks:
              move:
                permissions:
                  - {resource_server: store, actions: [move], identifiers: ["data:*"]}
                allow:
                  - {provider: github, claims: {repository_id: "2002", repository_owner_id: "1001", environment: e}}
            """;

    @TempDir
    Path folder;

    private Loaded load(String yaml) {
        return PolicyFiles.load(write("policy.yaml", yaml));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private static Loaded.Ok ok(Loaded loaded) {
        return loaded.match(ok -> ok, faulty -> {
            throw new AssertionError(faulty.faults().toString());
        });
    }

    private static List<String> places(Loaded loaded) {
        return loaded.match(
                ok -> {
                    throw new AssertionError(ok);
                },
                faulty -> faulty.faults().stream().map(PolicyFilesTest::place).toList());
    }

    private static String place(LocatedFault located) {
        return located.file().getFileName() + ":" + located.line() + ":" + located.column() + " "
                + located.fault().message();
    }

    @Test
    void givesYamlAndItsCanonicalJsonTheSameHash() throws Exception {
        var loaded = ok(load(PROVIDERS + SERVERS + TASKS));
        var canonical = JsonText.canonical(loaded.canonical());

        var asJson = ok(PolicyFiles.load(write("policy.json", canonical)));
        var compiled = Policy.compile(StrictJson.parseObject(canonical.getBytes(UTF_8)), 1);

        assertThat(asJson.policy().version()).isEqualTo(loaded.policy().version());
        assertThat(compiled.orElseThrow(
                                faulty -> new AssertionError(faulty.faults().toString()))
                        .version())
                .isEqualTo(loaded.policy().version());
    }

    @Test
    void givesADifferentSpellingOfTheSamePolicyTheSameHash() {
        var blocks = TASKS.replace(
                "{provider: github, claims: {repository_id: \"2002\"}}",
                "claims:\n          repository_id: '2002'\n        provider: &p github");

        assertThat(ok(load(PROVIDERS + "# a remark\n" + SERVERS + blocks))
                        .policy()
                        .version())
                .isEqualTo(ok(load(TASKS + SERVERS + PROVIDERS)).policy().version());
    }

    @Test
    void tellsFileLineAndColumnOfEveryFault() {
        var loaded = load("""
                version: 1
                providers:
                  github: {profile: githup, issuer: "https://gh.example", audience: us}
                resource_servers:
                  store: {audience: store, checks: offline}
                tasks:
                  move:
                    max_use: 1
                    permissions:
                      - resource_server: stor
                        actions: [move]
                        identifiers:
                          - "a//b"
                """);

        assertThat(places(loaded))
                .containsExactly(
                        "policy.yaml:3:12 \"githup\" is not known here",
                        "policy.yaml:5:3 no task uses this resource server",
                        "policy.yaml:7:3 allow is missing",
                        "policy.yaml:8:5 unknown field \"max_use\"",
                        "policy.yaml:10:9 no resource server is named \"stor\"",
                        "policy.yaml:13:13 matches no identifier: it has //");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "[]",
                "text",
                "version: 1\n---\nversion: 1\n",
                "version: 1\nversion: 1\n",
                "version: [1\n",
                "version: !!binary aGk=\n",
                "version: !mine 1\n",
                "version: 0x1\n",
                "version: 007\n",
                "version: .inf\n",
                "1: 1\n",
                "true: 1\n",
                "? [a]\n: 1\n",
                "<<: {a: 1}\n",
                "a: &a [*a]\n",
                "a: *unknown\n",
                "a: \"\\uD800\"\n",
                "a: \t- b\n",
                "a: \u0000\n"
            })
    void refusesWhatIsNotPlainYaml(String yaml) {
        assertThat(places(load(yaml))).hasSize(1);
    }

    @Test
    void refusesAliasesThatUnfoldWithoutEnd() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(4) + "x"));
        }

        assertThat(places(load(bomb.toString()))).hasSize(1);
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThat(places(load("a: " + "[".repeat(40) + "]".repeat(40)))).hasSize(1);
    }

    @Test
    void readsAnAliasOfARule() {
        var shared = TASKS.replace("      - {provider", "      - &rule {provider")
                + "  copy:\n    permissions: [{resource_server: store, actions: [copy], identifiers: [x]}]\n    allow: [*rule]\n";

        assertThat(ok(load(PROVIDERS + SERVERS + shared)).policy().tasks()).hasSize(2);
    }

    @Test
    void refusesAFileThatIsNotThereOrNotUtf8() throws IOException {
        Files.write(folder.resolve("latin.yaml"), "a: \u00fc".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(places(PolicyFiles.load(folder.resolve("none.yaml"))))
                .containsExactly("none.yaml:1:1 cannot be read");
        assertThat(places(PolicyFiles.load(folder.resolve("latin.yaml"))))
                .containsExactly("latin.yaml:1:1 is not UTF-8");
    }

    @Nested
    class Folders {
        @Test
        void areJoined() {
            write("a.yaml", PROVIDERS);
            write("b.yml", SERVERS);
            write("c.yaml", TASKS);
            write("d.yaml", TASKS.replace("move:", "copy:"));
            write("notes.txt", "not read");
            write(".hidden.yaml", "not: read");
            var together = ok(PolicyFiles.load(folder));

            assertThat(together.policy().tasks()).hasSize(2);
        }

        @Test
        void mayNotDefineANameTwice() {
            write("a.yaml", PROVIDERS + SERVERS);
            write("b.yaml", TASKS);
            write("c.yaml", "max_lifetime_ceiling: 1h\n" + TASKS);
            write("d.yaml", "max_lifetime_ceiling: 1h\n");

            assertThat(places(PolicyFiles.load(folder)))
                    .containsExactly(
                            "c.yaml:3:3 move is defined twice; first at " + folder.resolve("b.yaml") + ":2:3",
                            "d.yaml:1:1 max_lifetime_ceiling is defined twice; first at " + folder.resolve("c.yaml")
                                    + ":1:1");
        }

        @Test
        void mayRepeatTheVersionOnlyAsItIs() {
            write("a.yaml", PROVIDERS + SERVERS);
            write("b.yaml", "version: 1\n" + TASKS);
            ok(PolicyFiles.load(folder));

            write("b.yaml", "version: 2\n" + TASKS);
            assertThat(places(PolicyFiles.load(folder))).hasSize(1);
        }

        @Test
        void tellTheFileOfEachFault() {
            write("a.yaml", PROVIDERS + SERVERS);
            write("b.yaml", TASKS.replace("2002", "20*"));

            assertThat(places(PolicyFiles.load(folder)))
                    .allMatch(place -> place.startsWith("b.yaml:6:"))
                    .isNotEmpty();
        }

        @Test
        void withoutAPolicyAllowNothing() {
            assertThat(PolicyFiles.load(folder)).isInstanceOf(Loaded.Faulty.class);
        }
    }

    @Nested
    class KeySets {
        private Loaded withKeys(String file) {
            return load(PROVIDERS.replace("audience: us", "audience: us, jwks_file: " + file) + SERVERS + TASKS);
        }

        @Test
        void areReadIn() throws IOException {
            Files.copy(Examples.root().resolve("infra/policy/jenkins.jwks.json"), folder.resolve("keys.json"));
            var provider = ok(withKeys("keys.json"))
                    .canonical()
                    .object("providers")
                    .flatMap(providers -> providers.object("github"))
                    .orElseThrow();

            assertThat(provider.has("jwks_file")).isFalse();
            assertThat(provider.object("jwks")).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"none.json", "../keys.json", "/etc/passwd", "\"a\\0b\"", "."})
        void thatAreNotBesideThePolicyAreRefused(String file) {
            assertThat(places(withKeys(file))).hasSize(1).allMatch(place -> place.startsWith("policy.yaml:3:"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "{\"keys\": []}",
                    "{\"keys\": [], \"keys\": []}",
                    "{\"keys\": [{\"kty\": \"oct\", \"k\": \"AA\"}]}"
                })
        void thatAreNoneAreRefused(String content) {
            write("keys.json", content);

            assertThat(places(withKeys("keys.json"))).hasSize(1).allMatch(place -> place.startsWith("policy.yaml:3:"));
        }
    }

    @Nested
    class Authorities {
        private static final StandInTls TLS = StandInTls.generate();

        private Loaded withAuthority(String file) {
            return load(PROVIDERS.replace("audience: us", "audience: us, ca_file: " + file) + SERVERS + TASKS);
        }

        private static JsonObject github(Loaded loaded) {
            return ok(loaded)
                    .canonical()
                    .object("providers")
                    .flatMap(providers -> providers.object("github"))
                    .orElseThrow();
        }

        @Test
        void areReadInWithoutTheirComments() {
            write("ca.pem", "# Acme's own\n" + TLS.pem() + "\nissuer: somebody\n" + TLS.pem());
            var provider = github(withAuthority("ca.pem"));

            assertThat(provider.has("ca_file")).isFalse();
            assertThat(provider.string("ca")).contains(TLS.pem() + TLS.pem());
        }

        @ParameterizedTest
        @ValueSource(strings = {"none.pem", "../ca.pem", "/etc/ssl/certs/ca.pem", "."})
        void thatAreNotBesideThePolicyAreRefused(String file) {
            assertThat(places(withAuthority(file))).hasSize(1).allMatch(place -> place.startsWith("policy.yaml:3:"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "no pem",
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                    "-----BEGIN CERTIFICATE-----\nAA=A\n-----END CERTIFICATE-----\n",
                    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
                })
        void thatAreNoneAreRefused(String content) {
            write("ca.pem", content);

            assertThat(places(withAuthority("ca.pem")))
                    .hasSize(1)
                    .allMatch(place -> place.startsWith("policy.yaml:3:"));
        }

        /** Over real TLS, from a host that only this authority certified. */
        @Test
        void letTheKeysBeFetchedOfAProviderThatTheyCertified() {
            write("ca.pem", TLS.pem());
            write("other.pem", StandInTls.generate().pem());
            var setup = StandInProvider.Setup.of(Dialect.GITHUB, Clock.systemUTC());
            try (var provider = StandInProvider.start(setup.tls(TLS))) {
                assertThat(troubles(provider, ", ca_file: ca.pem")).isEmpty();
                assertThat(troubles(provider, ", ca_file: ca.pem, jwks_uri: \"" + provider.jwksUri() + "\""))
                        .isEmpty();
                assertThat(troubles(provider, "")).hasSize(1).allMatch(text -> text.contains("ca_file"));
                assertThat(troubles(provider, ", ca_file: other.pem")).hasSize(1);
            }
        }

        private List<String> troubles(StandInProvider provider, String more) {
            var text = PROVIDERS.replaceFirst("issuer: [^,}]+", "issuer: \"" + provider.issuer() + "\"");
            var loaded = load(text.replace("audience: us", "audience: us" + more) + SERVERS + TASKS);
            return new IdentityVerifier(ok(loaded).policy().providers(), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK))
                    .fetchKeys(Instant.now(Clock.systemUTC()), Runnable::run).values().stream()
                            .map(KeyTrouble::text)
                            .toList();
        }

        @Test
        void areOfNoUseForPinnedKeys() throws IOException {
            write("ca.pem", TLS.pem());
            Files.copy(Examples.root().resolve("infra/policy/jenkins.jwks.json"), folder.resolve("keys.json"));

            assertThat(places(withAuthority("ca.pem, jwks_file: keys.json")))
                    .hasSize(1)
                    .allMatch(place -> place.startsWith("policy.yaml:3:"));
        }
    }

    @Test
    void neverThrowsOnBrokenFiles() throws IOException {
        var text = Files.readString(Examples.root().resolve("infra/policy/example.yaml"));
        var signs = "{}[]:-#&*!|>'\"%@`\n\t 0a~<";
        var random = new java.util.SplittableRandom(5);
        for (int round = 0; round < 1_000; round++) {
            var broken = new StringBuilder(text);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(broken.length());
                broken.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
            }
            var loaded = load(broken.toString());
            if (loaded instanceof Loaded.Faulty faulty) {
                assertThat(faulty.faults())
                        .allSatisfy(fault -> assertThat(fault.line()).isPositive());
                assertThat(faulty.faults())
                        .extracting(LocatedFault::fault)
                        .extracting(Fault::remedy)
                        .doesNotContain("");
            }
        }
    }
}
