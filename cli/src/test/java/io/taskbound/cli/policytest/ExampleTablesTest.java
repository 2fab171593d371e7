// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.cli.Ran;
import io.taskbound.cli.policy.YamlFiles;
import io.taskbound.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of the example policies pass and reach all of them; and the schema for editors takes what is read. */
class ExampleTablesTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "infra/policy/policy-tests, --fail-uncovered-claims",
        "docs/examples/policies/policy-tests, --coverage",
        "docs/examples/fragments/policy-tests, --fail-uncovered-claims"
    })
    void passAndReachEveryRule(String tests, String option) {
        var ran = Ran.of("policy", "test", ROOT.resolve(tests).toString(), "--fail-uncovered", option);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infra/policy/policy-tests",
                "docs/examples/policies/policy-tests",
                "docs/examples/fragments/policy-tests"
            })
    void areWhatTheSchemaSays(String tests) throws Exception {
        var files = YamlFiles.in(ROOT.resolve(tests));
        assertThat(files).isNotEmpty();
        for (var file : files) {
            assertThat(valid(file)).as(file.toString()).isTrue();
        }
    }

    /** One table is changed in one place at a time; schema and command agree about each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request: sign | request: sign",
                "version: 1 | version: 2",
                "version: 1 | vresion: 1",
                "expect: refused | expect: perhaps",
                "expect: refused | expected: refused",
                "misses: ref} | mises: ref}",
                "max_uses: 1 | max_uses: several",
                "max_uses: 1 | max_uses: unlimited, approval: [a]",
                "lease: 1m | lease: soon",
                "because: unknown_task | because: whim",
                "without: [environment] | without: environment",
                "'identifier: \"artifact:acme/shop/app.jar\"' | actions: [sign]",
                "'request: {task: publish' | 'request: {tsk: publish'",
                "caller: release | caller: [release]"
            })
    void saysWhatTheSchemaSays(String part, String changed) throws Exception {
        var text = Files.readString(ROOT.resolve("infra/policy/policy-tests/example.yaml"));
        assertThat(text).contains(part);
        var file = Files.writeString(
                folder.resolve("t.yaml"),
                text.replaceFirst(
                        java.util.regex.Pattern.quote(part), java.util.regex.Matcher.quoteReplacement(changed)));
        var ran = Ran.of(
                "policy",
                "test",
                file.toString(),
                "--policy",
                ROOT.resolve("infra/policy/example.yaml").toString());
        boolean read = !ran.err().contains("No test was run");
        assertThat(valid(file)).as(ran.err()).isEqualTo(read);
    }

    @Test
    void theSchemaRefusesATableWithoutCases() throws Exception {
        assertThat(valid(Files.writeString(folder.resolve("t.yaml"), "version: 1\ncases: []\n")))
                .isFalse();
    }

    private static boolean valid(Path file) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(ROOT.resolve("contract/policy-tests.schema.json")));
        var document = YamlFiles.read(file);
        assertThat(document.faults()).isEmpty();
        return schema.validate(JsonText.of(document.document()), InputFormat.JSON)
                .isEmpty();
    }
}
