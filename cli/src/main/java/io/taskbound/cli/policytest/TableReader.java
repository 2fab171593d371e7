// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.SourceDocument;
import io.taskbound.identity.Caller;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonNumber;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Policy;
import io.taskbound.policy.Spelling;
import io.taskbound.task.TaskRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the cases of one file for the policy that they are asked of. Every fault of the file is found at once. */
final class TableReader {
    private static final int MAX_CASES = 10_000;
    private static final String AT = "at";

    private final Policy policy;
    private final Instant now;
    private final SourceDocument source;
    private final List<LocatedFault> faults = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** @param now for a case of a task that may be done at any time */
    TableReader(SourceDocument source, Policy policy, Instant now) {
        this.source = source;
        this.policy = policy;
        this.now = now;
    }

    /** The path that the file itself gives for its policy. */
    static Optional<String> policy(SourceDocument source) {
        return source.document().string("policy");
    }

    /** The cases read; complete only when there are no {@link #faults}. */
    TestTable read() {
        var root = DocumentFields.of(source, faults, "version", "policy", AT, "callers", "requests", "cases");
        version(root);
        root.text("policy");
        var at = instant(root);
        var callers = new CallerSets(root.entries("callers", CallerSets.FIELDS));
        callers.check();
        var requests = root.entries("requests", RequestReader.fields());
        var reader = new RequestReader(policy);
        requests.values().forEach(reader::read);
        var cases = new ArrayList<TestCase>();
        var items = root.items("cases", "name", "caller", "provider", "claims", "without", "request", AT, "expect");
        if (items.isEmpty() || items.size() > MAX_CASES) {
            root.fault(
                    FaultCode.BAD_LENGTH,
                    root.has("cases") ? "cases" : "",
                    "a file of tests has 1 to " + MAX_CASES + " cases",
                    "write cases: with an entry for each question to the policy");
        }
        for (var fields : items) {
            read(fields, callers, requests, at).ifPresent(cases::add);
        }
        return new TestTable(source.file(), cases);
    }

    List<LocatedFault> faults() {
        return faults.stream().distinct().toList();
    }

    private static void version(DocumentFields root) {
        root.requires("version", "1");
        if (root.value("version")
                .filter(value -> !(value instanceof JsonNumber number)
                        || number.wholeNumber().orElse(0) != 1)
                .isPresent()) {
            root.fault(FaultCode.BAD_VALUE, "version", "version must be 1", "write version: 1");
        }
    }

    private Optional<TestCase> read(
            DocumentFields fields,
            CallerSets callers,
            Map<String, DocumentFields> requests,
            Optional<Instant> tableAt) {
        fields.requires("name", "a fork may not sign");
        var name = fields.text("name").orElse("");
        if (!name.isEmpty() && !names.add(name)) {
            fields.fault(FaultCode.DEFINED_TWICE, "name", "two cases have this name", "give each its own name");
        }
        var caller = caller(fields, callers);
        var request = request(fields, requests);
        var expected = ExpectationReader.read(fields);
        var at = instant(fields).or(() -> tableAt);
        if (at.isEmpty() && request.filter(this::dependsOnTime).isPresent()) {
            fields.fault(
                    FaultCode.MISSING_FIELD,
                    "",
                    "the task has windows, so the answer depends on the time",
                    "write at: \"2026-12-02T10:00:00Z\" in the case, or once for the file");
        }
        if (caller.isEmpty() || request.isEmpty() || expected.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TestCase(
                name, source.position(fields.pointer()), caller.get(), request.get(), at.orElse(now), expected.get()));
    }

    private boolean dependsOnTime(TaskRequest request) {
        return policy.task(request.task())
                .filter(task -> task.parts().hasWindows())
                .isPresent();
    }

    private Optional<Caller> caller(DocumentFields fields, CallerSets callers) {
        Optional<CallerClaims> base = fields.text("caller")
                .map(name -> callers.named(fields, "caller", name))
                .orElseGet(() -> Optional.of(CallerClaims.NOBODY));
        return base.map(caller -> CallerSets.changed(caller, fields))
                .flatMap(claims -> provider(fields, claims)
                        .map(provider -> provider.profile()
                                .describe(provider.name(), provider.issuer(), claims.whole(), "of a test")));
    }

    /** The one that is named, or the only one there is. */
    private Optional<Provider> provider(DocumentFields fields, CallerClaims caller) {
        var known = policy.providers();
        if (caller.provider().isEmpty() && known.size() == 1) {
            return Optional.of(known.get(0));
        }
        var found = known.stream()
                .filter(provider ->
                        caller.provider().equals(Optional.of(provider.name().value())))
                .findFirst();
        if (found.isEmpty()) {
            var names = known.stream().map(provider -> provider.name().value()).toList();
            fields.fault(
                    caller.provider().isEmpty() ? FaultCode.MISSING_FIELD : FaultCode.UNKNOWN_NAME,
                    Stream.of("provider", "caller")
                            .filter(fields::has)
                            .findFirst()
                            .orElse(""),
                    caller.provider()
                            .map(name -> "the policy has no provider \"" + name + "\"")
                            .orElse("the case does not say which provider the caller comes from"),
                    caller.provider()
                            .flatMap(name -> Spelling.nearest(name, names))
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("write provider: with one of " + String.join(", ", names)));
        }
        return found;
    }

    private Optional<TaskRequest> request(DocumentFields fields, Map<String, DocumentFields> requests) {
        fields.requires("request", "{task: sign-release, actions: [sign], identifier: \"…\"}");
        var reader = new RequestReader(policy);
        if (!fields.isText("request")) {
            return fields.inner("request", RequestReader.fields()).flatMap(reader::read);
        }
        var named = fields.text("request");
        if (named.filter(name -> !requests.containsKey(name)).isPresent()) {
            fields.fault(
                    FaultCode.UNKNOWN_NAME,
                    "request",
                    "the table has no request \"" + named.get() + "\"",
                    Spelling.nearest(named.get(), requests.keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("declare it under requests"));
        }
        return named.map(requests::get).flatMap(reader::read);
    }

    private static Optional<Instant> instant(DocumentFields fields) {
        var text = fields.text(AT);
        try {
            return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException notATime) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    AT,
                    "at must be a time with its offset",
                    "write it like \"2026-12-02T10:00:00Z\" or \"2026-12-02T11:00:00+01:00\"");
            return Optional.empty();
        }
    }
}
