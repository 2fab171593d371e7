// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/spec-map.md knows every RFC that the sources mention, and names files that exist. */
class SpecMapTest {
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*(\\*|//)?\\s*");
    private static final Pattern MENTION =
            Pattern.compile("RFC (\\d{4})(?: sections? ((?:\\d+(?:\\.\\d+)*(?:, | and )?)+))?");
    private static final Pattern SECTION = Pattern.compile("\\d+(?:\\.\\d+)*");
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d{4}) \\| ([^|]+) \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9-]+(?:\\.json)?)`");

    private record Row(String rfc, String section, List<String> code, List<String> tests) {}

    private static List<Row> rows() {
        return ROW.matcher(Tree.document("spec-map.md"))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), names(row.group(3)), names(row.group(4))))
                .toList();
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    /** {@code 8693 section 2.1}, or {@code 8693} where the source names no section. */
    private static List<String> mentions(String source) {
        var mentions = new ArrayList<String>();
        var text = LINE_BREAK.matcher(source).replaceAll(" ");
        MENTION.matcher(text).results().forEach(mention -> {
            if (mention.group(2) == null) {
                mentions.add(mention.group(1));
            } else {
                SECTION.matcher(mention.group(2))
                        .results()
                        .forEach(section -> mentions.add(mention.group(1) + " section " + section.group()));
            }
        });
        return mentions;
    }

    @Test
    void everyMentionInTheSourcesHasARow() {
        var known = new TreeSet<String>();
        rows().forEach(row -> {
            known.add(row.rfc());
            known.add(row.rfc() + " section " + row.section());
        });
        var missing = new TreeSet<String>();
        for (var file : Tree.files(".java")) {
            mentions(Tree.text(file)).stream()
                    .filter(mention -> !known.contains(mention))
                    .forEach(mention -> missing.add("RFC " + mention + " in " + file.getFileName()));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowNamesCodeAndATestThatExist() {
        var files =
                Tree.files().stream().map(Path::getFileName).map(Path::toString).collect(Collectors.toSet());
        for (var row : rows()) {
            assertThat(row.code()).as("code of %s %s", row.rfc(), row.section()).isNotEmpty();
            assertThat(row.tests())
                    .as("tests of %s %s", row.rfc(), row.section())
                    .isNotEmpty();
            assertThat(row.code())
                    .as("code of RFC %s section %s", row.rfc(), row.section())
                    .allMatch(name -> files.contains(name + ".java"));
            assertThat(row.tests())
                    .as("tests of RFC %s section %s", row.rfc(), row.section())
                    .allMatch(name -> files.contains(name.endsWith(".json") ? name : name + ".java"));
        }
    }

    @Test
    void aMentionMayBreakOverTwoLines() {
        assertThat(mentions("RFC 8693\n     * section 2.1) and RFC 8725 sections 3.3, 3.6 and 3.10; RFC 8414"))
                .containsExactly(
                        "8693 section 2.1", "8725 section 3.3", "8725 section 3.6", "8725 section 3.10", "8414");
    }
}
