// SPDX-License-Identifier: Apache-2.0
package io.taskbound.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A test that a control names cannot be renamed, deleted or set aside unnoticed. That it also ran and passed is checked
 * at the end of {@code mvn verify}.
 */
class NamedTestsTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    @TempDir
    Path tree;

    private static List<String> faults(String yaml, TestSources sources) {
        var faults = new ArrayList<String>();
        var rows = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        for (var row : rows) {
            var members = (Map<?, ?>) row;
            if (members.get("tests") instanceof List<?> tests) {
                tests.forEach(test -> sources.fault(String.valueOf(test))
                        .ifPresent(fault -> faults.add(members.get("id") + ": " + fault)));
            }
            if (members.get("vectors") instanceof List<?> vectors) {
                vectors.forEach(file -> sources.vectorsFault(String.valueOf(file))
                        .ifPresent(fault -> faults.add(members.get("id") + ": " + fault)));
            }
        }
        return faults;
    }

    @Test
    void everyTestThatAControlNamesExists() throws IOException {
        assertThat(faults(Files.readString(ROOT.resolve("docs/controls.yaml")), new TestSources(ROOT)))
                .isEmpty();
    }

    private String fault(String test) throws IOException {
        var faults = faults("[{id: \"X-1\", tests: [\"" + test + "\"]}]", new TestSources(tree));
        assertThat(faults).hasSizeLessThan(2);
        return String.join("", faults);
    }

    private void source(String name, String text) throws IOException {
        var file = tree.resolve("cli/src/test/java/io/taskbound/cli").resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void namesTheControlOfAClassThatIsGone() throws IOException {
        assertThat(fault("cli.GoneTest#works")).isEqualTo("X-1: cli.GoneTest#works: there is no such test class");
    }

    @Test
    void namesTheControlOfATestThatWasRenamed() throws IOException {
        source("AnyTest", "class AnyTest {\n  @Test\n  void worksWell() throws Exception {}\n  void works() {}\n}");
        assertThat(fault("cli.AnyTest#works")).isEqualTo("X-1: cli.AnyTest#works: the class has no such test");
        assertThat(fault("cli.AnyTest#worksWell")).isEmpty();
    }

    @Test
    void findsATestWithParametersAndOneOfAContract() throws IOException {
        source(
                "AContract",
                "abstract class AContract {\n  @ParameterizedTest\n  @CsvSource({\"a,b\", \"c,d\"})\n  void holds(String a) {}\n}");
        source("AnyTest", "class AnyTest extends AContract {}");
        assertThat(fault("cli.AnyTest#holds")).isEmpty();
        assertThat(fault("cli.AnyTest#other")).isNotEmpty();
    }

    @Test
    void namesTheControlOfVectorsThatAreGoneOrThatNoTestReads() throws IOException {
        var yaml = "[{id: \"X-1\", vectors: [\"contract/dpop.json\"]}]";
        assertThat(faults(yaml, new TestSources(tree)))
                .containsExactly("X-1: contract/dpop.json: there is no such file of vectors");
        Files.createDirectories(tree.resolve("contract"));
        Files.writeString(tree.resolve("contract/dpop.json"), "[]");
        assertThat(faults(yaml, new TestSources(tree))).containsExactly("X-1: contract/dpop.json: no test reads it");
        var reader = tree.resolve("packages/python/tests/test_proofs.py");
        Files.createDirectories(reader.getParent());
        Files.writeString(reader, "CASES = read(\"dpop.json\")\n");
        assertThat(faults(yaml, new TestSources(tree))).isEmpty();
    }

    @Test
    void namesTheControlOfATestThatDoesNotRunInEachBuild() throws IOException {
        source("AnyTest", "@Tag(\"long\")\nclass AnyTest {\n  @Test\n  void works() {}\n}");
        assertThat(fault("cli.AnyTest#works")).contains("has the tag long");
    }
}
