// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.report.CodePage;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.FaultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyCheckTest {
    private static final String FAULTY = """
            version: 1
            providers:
              github:
                profile: githup
                issuer: http://ci.example
                audience: https://tokens.acme.example
            resource_servers:
              signer:
                audience: https://signer.acme.example
                checks: sometimes
                client_secret_hashes: ["short"]
            tasks:
              sign:
                permissions:
                  - resource_server: nobody
                    actions: []
                    identifiers: ["artifact:**"]
                max_lifetime: 3h
                surprise: true
                allow: [release]
            """;

    @TempDir
    private Path folder;

    @Test
    void namesEveryFaultAtOnceWithPlaceAndRemedy() throws Exception {
        var policy = write(FAULTY);
        var ran = Ran.of("policy", "check", policy.toString());
        assertThat(ran.code()).isEqualTo(1);
        var places =
                ran.out().lines().filter(line -> line.contains(": error: ")).toList();
        assertThat(places).hasSizeGreaterThanOrEqualTo(8);
        assertThat(places).allMatch(line -> line.matches(".*policy\\.yaml:\\d+:\\d+: error: .+"));
        assertThat(places).anyMatch(line -> line.contains(":4:")).anyMatch(line -> line.contains(":19:"));
        assertThat(ran.out()).contains("surprise").contains("FAULTY");
    }

    @Test
    void putsACaretUnderThePlace() throws Exception {
        var out = Ran.of("policy", "check", write(FAULTY).toString())
                .out()
                .lines()
                .toList();
        int line = out.indexOf("  |     surprise: true");
        assertThat(line).isNotNegative();
        assertThat(out.get(line + 1)).matches("  \\| {5,}\\^");
    }

    @Test
    void saysTheSameToToolsAsJson() throws Exception {
        var ran = Ran.of("policy", "check", "--json", write(FAULTY).toString());
        assertThat(ran.code()).isEqualTo(1);
        var json = StrictJson.parseObject(ran.out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.bool("ok")).isEqualTo(Optional.of(false));
        var faults = json.array("faults").orElse(JsonArray.EMPTY).items();
        assertThat(faults).hasSizeGreaterThanOrEqualTo(8);
        assertThat(faults).allSatisfy(fault -> {
            var object = (JsonObject) fault;
            assertThat(object.wholeNumber("line")).isPresent();
            assertThat(object.string("message")).isPresent();
            assertThat(object.string("remedy")).isPresent();
        });
    }

    @Test
    void acceptsAGoodPolicyAndNamesItsHash() throws Exception {
        var ran = Ran.of("policy", "check", write(ExamplePolicy.text()).toString());
        assertThat(ran.out()).contains("OK").containsPattern("hash [0-9a-f]{64}");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void namesTheCodeOfEachFaultForPeopleAndForTools() throws Exception {
        var policy = write(FAULTY).toString();
        assertThat(Ran.of("policy", "check", policy).out().lines().filter(line -> line.contains(": error: ")))
                .allMatch(line -> line.matches(".*\\[[a-z-]+]"))
                .anyMatch(line -> line.endsWith("[unknown-field]"));
        var json = StrictJson.parseObject(
                Ran.of("policy", "check", "--json", policy).out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.array("faults").orElse(JsonArray.EMPTY).items())
                .allSatisfy(fault -> assertThat(FaultCode.named(
                                ((JsonObject) fault).string("code").orElseThrow()))
                        .isPresent());
    }

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void explainsEveryCode(FaultCode code) {
        var ran = Ran.of("policy", "check", "--explain", code.wire());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith(code.wire() + " (" + code.severity().wire() + ")");
        assertThat(ran.out()).hasSizeGreaterThan(70);
    }

    @Test
    void explainsNoCodeThatThereIsNot() {
        var near = Ran.of("policy", "check", "--explain", "tenant-onyl");
        assertThat(near.code()).isEqualTo(2);
        assertThat(near.err()).contains("No fault has the code tenant-onyl.", "Did you mean tenant-only?");
        assertThat(Ran.of("policy", "check", "--explain", "x").err()).contains("Name one of: ", "never-matches");
        assertThat(new CodePage().codes())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(FaultCode.values()).map(FaultCode::wire).toList());
    }

    @Test
    void wantsAPolicyOrACode() throws Exception {
        assertThat(Ran.of("policy", "check").code()).isEqualTo(2);
        assertThat(Ran.of("policy", "check", "--explain", "yaml", write(FAULTY).toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void countsWhatIsAcceptedAndTellsToolsWhy() throws Exception {
        var policy = write(ExamplePolicy.text().replace("    allow:", "    accept: {any-target: \"x\"}\n    allow:"))
                .toString();
        var ran = Ran.of("policy", "check", policy);
        assertThat(ran.out()).contains("[accepts-nothing]", ", 1 accepted");
        assertThat(Ran.of("policy", "check", "--json", policy).out())
                .contains("\"accepted\":[{\"in\":\"task sign-release\",\"code\":\"any-target\",\"reason\":\"x\"}]");
    }

    @Test
    void refusesAPathThatIsNotThere() {
        var ran = Ran.of("policy", "check", folder.resolve("none").toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("There is no");
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("policy.yaml"), text);
    }
}
