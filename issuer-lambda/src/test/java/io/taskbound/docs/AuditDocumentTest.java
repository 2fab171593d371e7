// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.identity.KeyTrouble;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/audit.md names what the audit log can hold, no more and no less. */
class AuditDocumentTest {
    /** A field of the line itself; one of a nested object is put by a builder, after a dot. */
    private static final Pattern FIELD =
            Pattern.compile("(?:(?<![.\\w])|(?:fields|entry)\\.)put\\(\\s*\"([a-z0-9_]+)\"");

    private static final Pattern NAME = Pattern.compile("`([a-zA-Z0-9_-]+)`");

    @Test
    void everyFieldThatCanBeWrittenIsInTheTableAndNoOther() {
        assertThat(firstCells("# The audit log, field by field")).containsExactlyInAnyOrderElementsOf(writable());
    }

    private static Set<String> writable() {
        var source = Tree.text(Tree.ROOT.resolve("issuer-lambda/src/main/java/io/taskbound/audit/AuditEntry.java"));
        var fields = new TreeSet<String>();
        FIELD.matcher(source).results().forEach(field -> fields.add(field.group(1)));
        return fields;
    }

    @Test
    void everyResultIsExplainedAndNoOther() {
        assertThat(firstCells("## result")).containsExactlyInAnyOrderElementsOf(words(Outcome.values(), Outcome::wire));
    }

    @Test
    void everyEventIsNamed() {
        assertThat(names(Tree.document("audit.md"))).containsAll(words(Event.values(), Event::wire));
    }

    @Test
    void everyReasonIsExplainedAndNoOther() {
        assertThat(firstCells("## reason")).containsExactlyInAnyOrderElementsOf(words(Reason.values(), Reason::wire));
    }

    @Test
    void everyReasonWhyKeysCannotBeHadIsExplainedAndNoOther() {
        assertThat(firstCells("## why a provider's keys cannot be had"))
                .containsExactlyInAnyOrderElementsOf(words(KeyTrouble.Kind.values(), KeyTrouble.Kind::wire));
    }

    private static <T> List<String> words(T[] constants, Function<T, String> wire) {
        return Stream.of(constants).map(wire).toList();
    }

    /** The names in the first cells of the table below a heading. */
    private static Set<String> firstCells(String heading) {
        var section = Tree.document("audit.md")
                .split(Pattern.quote(heading) + "\\R", 2)[1]
                .split("\\R## ", 2)[0];
        var found = new TreeSet<String>();
        section.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> found.addAll(names(line.split("\\|", 3)[1])));
        return found;
    }

    private static Set<String> names(String text) {
        var found = new TreeSet<String>();
        NAME.matcher(text).results().forEach(name -> found.add(name.group(1)));
        return found;
    }
}
