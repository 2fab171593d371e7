// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.identity.Rejection;
import io.taskbound.issuer.TokenState;
import io.taskbound.ledger.Liveness;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/audit.md names what the audit log can hold, no more and no less. */
class AuditDocumentTest {
    /** A field of the line itself; one of a nested object is put by a builder, after a dot. */
    private static final Pattern FIELD =
            Pattern.compile("(?:(?<![.\\w])|(?:fields|entry)\\.)put\\(\\s*\"([a-z0-9_]+)\"");

    private static final Pattern REASON =
            Pattern.compile("(?:reason|badProof|notPermitted|notAlive|unavailable|inactive)\\(\\s*\"([a-zA-Z_-]+)\"");
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
        assertThat(firstCells("## result")).containsExactlyInAnyOrderElementsOf(lowerCase(Outcome.values()));
    }

    @Test
    void everyEventIsNamed() {
        assertThat(names(Tree.document("audit.md"))).containsAll(lowerCase(Event.values()));
    }

    @Test
    void everyReasonIsExplained() {
        var reasons = new TreeSet<String>(lowerCase(Rejection.values()));
        reasons.addAll(lowerCase(TokenState.Why.values()));
        reasons.addAll(lowerCase(Liveness.values()));
        reasons.remove("alive");
        Tree.files(".java").stream()
                .filter(file -> file.toString().contains("src/main/java/io/taskbound/issuer/")
                        || file.toString().contains("src/main/java/io/taskbound/http/"))
                .forEach(file ->
                        REASON.matcher(Tree.text(file)).results().forEach(reason -> reasons.add(reason.group(1))));
        assertThat(reasons).contains("replayed", "signed-but-unknown");
        assertThat(firstCells("## reason")).containsAll(reasons);
    }

    private static Set<String> lowerCase(Enum<?>[] values) {
        var names = new TreeSet<String>();
        Stream.of(values).forEach(value -> names.add(value.name().toLowerCase(Locale.ROOT)));
        return names;
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
