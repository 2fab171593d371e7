// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern MENTION = Pattern.compile("threat model((?:,? | and | to |\\s+\\*?\\s*)R\\d+)+");
    private static final Pattern REQUIREMENT = Pattern.compile("R\\d+");
    private static final Pattern PROMISE = Pattern.compile("(?m)^\\| (R\\d+) \\| .{20,} \\| .{5,} \\|$");

    private static final Pattern PROOF =
            Pattern.compile("[A-Za-z]\\w*(?:Test|IT)\\b|[\\w-]+\\.test\\.ts|[\\w-]+\\.json");

    @Test
    void everyLinkLeadsSomewhere() {
        var broken = new ArrayList<String>();
        for (var file : Tree.files(".md")) {
            var text = withoutCode(Tree.text(file));
            LINK.matcher(text)
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .filter(link -> !leadsSomewhere(file, link))
                    .forEach(link -> broken.add(Tree.ROOT.relativize(file) + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path from, String link) {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static List<String> anchors(Path file) {
        return HEADING.matcher(Tree.text(file))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "");
    }

    @Test
    void everyTestThatADocumentNamesExists() {
        var tests = Tree.files(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        for (var file : Tree.files(".md")) {
            assertThat(TEST_CLASS.matcher(Tree.text(file)).results().map(name -> name.group(1)))
                    .as(file.toString())
                    .allMatch(tests::contains);
        }
    }

    @Test
    void theThreatModelHasEveryRequirementThatTheSourcesName() {
        var requirements = Tree.document("threat-model.md").split("### Where the code is")[0];
        var promised =
                PROMISE.matcher(requirements).results().map(row -> row.group(1)).toList();
        assertThat(promised).hasSize(63).doesNotHaveDuplicates();
        var named = Tree.files(".java").stream()
                .flatMap(file -> MENTION.matcher(Tree.text(file)).results())
                .flatMap(mention -> REQUIREMENT.matcher(mention.group()).results())
                .map(number -> number.group())
                .collect(Collectors.toSet());
        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(promised);
    }

    /** A row without proof says nothing, and a proof that is gone proves nothing. */
    @Test
    void everyRowOfTheThreatModelNamesTestsThatExist() {
        var files = Tree.files().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.toSet());
        var document = Tree.document("threat-model.md");
        var threats = document.substring(document.indexOf("| class | threat |"), document.indexOf("## After a close"));
        var rows = threats.lines().skip(2).filter(row -> row.startsWith("|")).toList();
        assertThat(rows)
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(proofs(lastCell(row))).as(row).isNotEmpty());
        var promises = document.split("### Where the code is")[0].lines().filter(row -> row.startsWith("| R"));
        assertThat(Stream.concat(rows.stream(), promises)
                        .flatMap(row -> proofs(lastCell(row)).stream())
                        .filter(proof -> !files.contains(proof) && !files.contains(proof + ".java")))
                .isEmpty();
    }

    private static String lastCell(String row) {
        var cells = row.split("\\|");
        return cells[cells.length - 1];
    }

    private static List<String> proofs(String cell) {
        return PROOF.matcher(cell).results().map(proof -> proof.group()).toList();
    }
}
