// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.FaultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code policy check} for programs: annotations of GitHub's runner, and SARIF 2.1.0. */
class CheckFormatsTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";
    private static final String FAULTY = """
            version: 1
            providers:
              ci:
                profile: generic
                issuer: https://ci.example
                audience: us
                jwks: {keys: [{kty: EC, crv: P-256, x: "%1$s", y: "%1$s", d: "%1$s"}]}
            resource_servers:
              store: {audience: store, checks: redeem, client_secret_hashes: ["password"]}
            tasks:
              move:
                permissions: []
                "odd%%,:::\\r\\nname": 1
                allow: []
            """.formatted(KEY);

    @TempDir
    private Path folder;

    private Ran check(String file, String format) throws Exception {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, FAULTY);
        return Ran.with(
                Map.of("GITHUB_WORKSPACE", folder.toString()),
                "",
                "policy",
                "check",
                "--format",
                format,
                path.toString());
    }

    private static JsonObject object(Optional<? extends JsonValue> value) {
        return (JsonObject) value.orElseThrow();
    }

    private static List<JsonObject> objects(JsonObject in, String name) {
        return in.array(name).orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject log(Ran ran) throws Exception {
        return StrictJson.parseObject(ran.out().getBytes(StandardCharsets.UTF_8));
    }

    /** What the OASIS schema requires of a log, and what code scanning needs beyond that. */
    @Test
    void writesALogThatCodeScanningReads() throws Exception {
        var ran = check("sub dir/pölicy%.yaml", "sarif");
        assertThat(ran.code()).isEqualTo(1);
        var log = log(ran);
        assertThat(log.members().keySet()).containsExactlyInAnyOrder("$schema", "version", "runs");
        assertThat(log.string("version")).contains("2.1.0");
        var run = objects(log, "runs").get(0);
        var driver = object(object(run.object("tool")).object("driver"));
        assertThat(driver.string("name")).contains("taskbound");
        assertThat(driver.string("version").orElseThrow()).matches("\\d+\\.\\d+\\.\\d+\\S*");
        assertThat(object(run.object("originalUriBaseIds")).members().keySet()).containsExactly("%SRCROOT%");
        var rules = objects(driver, "rules");
        assertThat(rules).hasSize(FaultCode.values().length);
        for (var rule : rules) {
            assertThat(object(rule.object("help")).string("text").orElseThrow()).hasSizeGreaterThan(60);
            assertThat(object(rule.object("shortDescription")).string("text").orElseThrow())
                    .endsWith(".");
            assertThat(object(rule.object("defaultConfiguration"))
                            .string("level")
                            .orElseThrow())
                    .isIn("error", "warning");
        }
        var results = objects(run, "results");
        assertThat(results).hasSizeGreaterThanOrEqualTo(4);
        for (var result : results) {
            int index = (int) result.wholeNumber("ruleIndex").orElseThrow();
            assertThat(rules.get(index).string("id")).isEqualTo(result.string("ruleId"));
            assertThat(result.string("level").orElseThrow()).isIn("error", "warning");
            assertThat(object(result.object("message")).string("text").orElseThrow())
                    .isNotBlank();
            var place = object(objects(result, "locations").get(0).object("physicalLocation"));
            var artifact = object(place.object("artifactLocation"));
            assertThat(artifact.string("uri")).contains("sub%20dir/p%C3%B6licy%25.yaml");
            assertThat(artifact.string("uriBaseId")).contains("%SRCROOT%");
            var region = object(place.object("region"));
            assertThat(region.members().keySet()).isEqualTo(Set.of("startLine", "startColumn"));
            assertThat(region.wholeNumber("startLine").orElseThrow()).isPositive();
        }
    }

    @Test
    void aFaultKeepsItsFingerprintWhenItsLineMoves() throws Exception {
        var path = folder.resolve("policy.yaml");
        Files.writeString(path, FAULTY);
        var before = fingerprints();
        Files.writeString(path, "# one line more\n" + FAULTY);
        assertThat(fingerprints()).isEqualTo(before).doesNotHaveDuplicates();
    }

    private List<String> fingerprints() throws Exception {
        var log = log(Ran.of(
                "policy",
                "check",
                "--format",
                "sarif",
                folder.resolve("policy.yaml").toString()));
        return objects(objects(log, "runs").get(0), "results").stream()
                .map(result -> object(result.object("partialFingerprints"))
                        .string("taskboundFault/v1")
                        .orElseThrow())
                .toList();
    }

    @Test
    void namesAFileOutsideOfTheSourcesByItsUrl() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), FAULTY);
        var ran = Ran.with(
                Map.of("GITHUB_WORKSPACE", folder.resolve("other").toString()),
                "",
                "policy",
                "check",
                "--format",
                "sarif",
                folder.resolve("policy.yaml").toString());
        assertThat(ran.out()).contains("\"uri\":\"file:///").doesNotContain("\"uriBaseId\"");
    }

    @Test
    void writesAnEmptyLogForAGoodPolicy() throws Exception {
        var root = Path.of(System.getProperty("taskbound.root"));
        var ran = Ran.of(
                "policy",
                "check",
                "--format",
                "sarif",
                root.resolve("infra/policy/example.yaml").toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(objects(objects(log(ran), "runs").get(0), "results")).isEmpty();
    }

    @Test
    void annotatesEachFaultOnALineOfItsOwn() throws Exception {
        var ran = check("a,b:c/policy.yaml", "github");
        assertThat(ran.code()).isEqualTo(1);
        var lines = ran.out().lines().toList();
        var annotations = lines.subList(0, lines.size() - 1);
        assertThat(annotations)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(line -> line.matches(
                        "::(error|warning) file=a%2Cb%3Ac/policy\\.yaml,line=\\d+,col=\\d+,title=[a-z-]+::.+"))
                .anyMatch(line -> line.contains("unknown field \"odd%25,:::"));
        assertThat(lines.get(lines.size() - 1)).startsWith("FAULTY  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "github", "sarif"})
    void printsNoSecret(String format) throws Exception {
        assertThat(check("policy.yaml", format).out().replaceAll("(?m)^  \\| .*$", ""))
                .contains("private-key")
                .doesNotContain(KEY);
    }

    @Test
    void jsonIsTheSameByBothNames() throws Exception {
        var ran = check("policy.yaml", "json");
        assertThat(ran.out())
                .isEqualTo(Ran.of(
                                "policy",
                                "check",
                                "--json",
                                folder.resolve("policy.yaml").toString())
                        .out());
        var both = Ran.of(
                "policy",
                "check",
                "--json",
                "--format",
                "sarif",
                folder.resolve("policy.yaml").toString());
        assertThat(both.code()).isEqualTo(2);
        assertThat(check("policy.yaml", "junit").err()).contains("Write one of text, json, github and sarif.");
    }
}
