// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Position;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;

/** A run of tests as one JSON object, for programs. */
final class JsonReport {
    private JsonReport() {}

    static JsonObject of(TestReport report) {
        var cases = new ArrayList<JsonValue>();
        var coverage = new ArrayList<JsonValue>();
        for (var policy : report.policies()) {
            policy.outcomes().forEach(outcome -> cases.add(of(policy, outcome)));
            coverage.add(coverage(policy));
        }
        return JsonObject.builder()
                .put("ok", report.passed())
                .put("cases", new JsonArray(cases))
                .put("coverage", new JsonArray(coverage))
                .build();
    }

    private static JsonObject of(TestedPolicy policy, Outcome outcome) {
        var test = outcome.test();
        var json = place(test.position())
                .put("policy", policy.policy().toString())
                .put("name", test.name())
                .put("passed", outcome.passed())
                .put("expected", Expected.word(test.expected().allowed()))
                .put("answer", Expected.word(outcome.answer().allowed()))
                .put("reason", outcome.answer().reason());
        var details = JsonObject.builder();
        outcome.answer().details().forEach(details::put);
        json.put("details", details.build());
        if (!outcome.passed()) {
            json.put("differences", JsonArray.ofStrings(outcome.differences()));
            json.put("trace", JsonArray.ofStrings(outcome.answer().lines()));
            policy.hinge(outcome).ifPresent(at -> json.put("see", place(at).build()));
        }
        return json.build();
    }

    private static JsonObject coverage(TestedPolicy policy) {
        var json = JsonObject.builder().put("policy", policy.policy().toString());
        for (var kind : CoveredPart.Kind.values()) {
            int all = policy.coverage().of(kind).size();
            json.put(
                    kind.wire(),
                    JsonObject.builder()
                            .put(
                                    "covered",
                                    all - policy.coverage().uncovered(kind).size())
                            .put("of", all)
                            .build());
        }
        var uncovered = policy.coverage().uncovered().stream()
                .<JsonValue>map(part -> place(part.position())
                        .put("kind", part.kind().wire())
                        .put("message", part.missing())
                        .build())
                .toList();
        return json.put("uncovered", new JsonArray(uncovered)).build();
    }

    private static JsonObject.Builder place(Position at) {
        return JsonObject.builder()
                .put("file", at.file().toString())
                .put("line", at.line())
                .put("column", at.column());
    }
}
