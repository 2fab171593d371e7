// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.audit.Outcome;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of the audit log, for the owner of the policy: who asked for what, what came of it and why. */
public final class AuditedDecision {
    private final JsonObject line;

    AuditedDecision(JsonObject line) {
        this.line = line;
    }

    /** The last decision of this log under this request id. */
    public static AuditedDecision in(Path log, String requestId) throws Complaint {
        return new AuditedDecision(AuditSearch.find(log, requestId));
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(text("event") + " " + text("result").toUpperCase(Locale.ROOT) + "  " + text("time") + "  request "
                + text("request_id"));
        add(lines, "asked for", asked());
        add(lines, "by", caller());
        add(lines, "run", line.string("run"));
        add(lines, "policy", line.string("policy_hash").map(hash -> "v" + version() + " " + hash));
        add(lines, "reason", line.string("reason"));
        add(lines, "detail", line.string("detail"));
        add(lines, "rule", line.string("rule"));
        add(lines, "because", nearest());
        return lines;
    }

    /** The rule that came nearest and the claim that differed: {@code rule 1: repository_id is "6666", not "2002"}. */
    public Optional<String> nearest() {
        return line.object("nearest")
                .map(miss -> member(miss, "rule") + ": " + member(miss, "path") + " is " + member(miss, "actual")
                        + ", not " + member(miss, "expected"));
    }

    /** The verified claims; kept only of callers that the policy refused. */
    Optional<JsonObject> claims() {
        return line.object("claims");
    }

    boolean refused() {
        var result = line.string("result").orElse("");
        return Stream.of(Outcome.REFUSED, Outcome.UNAVAILABLE, Outcome.INACTIVE)
                .anyMatch(no -> no.wire().equals(result));
    }

    JsonObject line() {
        return line;
    }

    private Optional<String> asked() {
        return line.string("task").map(task -> task + ": " + joined("actions") + " " + joined("identifiers"));
    }

    private Optional<String> caller() {
        return line.string("provider")
                .map(provider -> provider + "  " + text("sub") + "  (" + text("stable_sub") + ")");
    }

    private String version() {
        var number = line.wholeNumber("policy_version");
        return number.isPresent() ? Long.toString(number.getAsLong()) : "?";
    }

    private String joined(String name) {
        return line.array(name).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> item instanceof JsonString string ? string.value() : "?")
                .collect(Collectors.joining(", "));
    }

    private String text(String name) {
        return Printable.of(member(line, name));
    }

    private static String member(JsonObject object, String name) {
        return object.string(name).orElse("?");
    }

    private static void add(List<String> lines, String label, Optional<String> value) {
        value.ifPresent(text -> lines.add(String.format(Locale.ROOT, "  %-10s %s", label, Printable.of(text))));
    }
}
