// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(ran.code()).isZero();
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
