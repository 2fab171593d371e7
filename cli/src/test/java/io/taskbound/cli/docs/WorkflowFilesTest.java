// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our workflows and those that we show are what we ask of others. Linters look at them too, in
 * {@code tools/checks/workflows}.
 */
class WorkflowFilesTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern YAML = Pattern.compile("(?s)```ya?ml\\n(.*?)```");
    private static final String COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1";

    private static final String GOOD = """
            on: push
            permissions: {}
            jobs:
              test:
                runs-on: ubuntu-24.04
                timeout-minutes: 5
                permissions:
                  contents: read
                steps:
                  - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
                    with:
                      persist-credentials: false
                  - uses: ./github-action
                  - uses: taskbound/taskbound-action@0000000000000000000000000000000000000000 # put the released commit here
                    with:
                      run: make "$NAME"
                    env:
                      NAME: ${{ github.ref_name }}
            """;

    static List<Path> workflows() throws IOException {
        var found = Stream.of(".github/workflows", "docs/examples/github")
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .flatMap(WorkflowFilesTest::list)
                .filter(file -> file.toString().matches(".*\\.ya?ml"))
                .toList();
        assertThat(found).anyMatch(file -> file.endsWith("test.yml"));
        return found;
    }

    private static Stream<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aWorkflowHasNoFault(Path file) throws IOException {
        assertThat(WorkflowFaults.of(Files.readString(file))).isEmpty();
    }

    static List<Path> pages() {
        return Stream.of("", "docs", "github-action", "client")
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .flatMap(WorkflowFilesTest::list)
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aWorkflowInADocumentIsPinnedAndKeepsExpressionsOutOfScripts(Path page) throws IOException {
        var pieces = YAML.matcher(Files.readString(page)).results().map(block -> block.group(1));
        assertThat(pieces.filter(piece -> piece.contains("uses:"))
                        .flatMap(piece -> WorkflowFaults.ofPiece(piece).stream()))
                .isEmpty();
    }

    @Test
    void theGoodOneHasNoFault() {
        assertThat(WorkflowFaults.of(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    @3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1 | @v7 | not pinned by a commit with its version beside it: actions/checkout@v7
                    @3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1 | @3d3c42e # v7.0.1 | not pinned by a commit with its version beside it: actions/checkout@3d3c42e # v7.0.1
                    ' # v7.0.1' | '' | not pinned by a commit with its version beside it: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
                    ' # v7.0.1' | ' # the newest' | not pinned by a commit with its version beside it: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # the newest
                    put the released commit here | v1 | not pinned by a commit with its version beside it: taskbound/taskbound-action@0000000000000000000000000000000000000000 # v1
                    ./github-action | docker://alpine | not pinned by a commit with its version beside it: docker://alpine
                    'permissions: {}' | 'permissions: write-all' | top-level permissions are not {}
                    'permissions: {}' | 'permissions: {contents: read}' | top-level permissions are not {}
                    'permissions: {}' | 'env: {}' | top-level permissions are not {}
                    timeout-minutes: 5 | continue-on-error: true | job test has no timeout-minutes
                    persist-credentials: false | persist-credentials: true | a checkout that keeps its credentials
                    persist-credentials: false | fetch-depth: 1 | a checkout that keeps its credentials
                    'make "$NAME"' | 'make ${{ github.ref_name }}' | 'an expression inside a script: make ${{ github.ref_name }}'
                    """)
    void aFaultIsNamed(String good, String bad, String fault) {
        assertThat(GOOD).contains(good);
        assertThat(WorkflowFaults.of(GOOD.replace(good, bad))).containsExactly(fault);
    }

    @Test
    void aJobWithoutPermissionsOfItsOwnIsNamed() {
        assertThat(WorkflowFaults.of(GOOD.replace("    permissions:\n      contents: read\n", "")))
                .containsExactly("job test names no permissions of its own");
    }

    @Test
    void aPieceNeedNotBeAWholeWorkflowButIsPinned() {
        assertThat(WorkflowFaults.ofPiece("- uses: actions/setup-node@" + COMMIT + " # v7\n"))
                .isEmpty();
        assertThat(WorkflowFaults.ofPiece("- uses: actions/setup-node@v7\n- run: echo '${{ github.actor }}'\n"))
                .hasSize(2);
    }
}
