// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code taskbound controls} says of some controls. */
final class ControlsReport {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final int LABEL = 13;

    private final List<Control> controls;
    private final Optional<Proof> proof;

    ControlsReport(List<Control> controls, Optional<Proof> proof) {
        this.controls = controls;
        this.proof = proof;
    }

    /** Whether each claim was proven. */
    boolean isProven() {
        return controls.stream().allMatch(this::isProven);
    }

    private boolean isProven(Control control) {
        return control.claim().isEmpty()
                || proof.map(found -> found.gaps(control).isEmpty()).orElse(false);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        Framework last = null;
        for (var control : controls) {
            if (!control.framework().equals(last)) {
                last = control.framework();
                lines.add(last.name() + ", " + last.edition() + ": supported");
                lines.add("");
            }
            add(lines, control);
            lines.add("");
        }
        long claims =
                controls.stream().filter(control -> control.claim().isPresent()).count();
        long proven = controls.stream()
                .filter(control -> control.claim().isPresent() && isProven(control))
                .count();
        lines.add(proof.map(found -> proven + " of " + counted(claims) + " proven by tests of version "
                        + found.version() + ", run from " + found.from() + " to " + found.to() + ".")
                .orElseGet(() ->
                        counted(claims) + ", not proven in this build: run `mvn verify`, which runs their tests."));
        return lines;
    }

    private void add(List<String> lines, Control control) {
        lines.add(control.id() + "  " + control.title());
        control.claim().ifPresent(claim -> lines.addAll(wrapped("claim", claim)));
        for (int i = 0; i < control.tests().size(); i++) {
            var test = control.tests().get(i);
            var ended = proof.map(found -> found.of(test).words()).orElse("not proven in this build");
            lines.add(label(i == 0 ? "tests" : "") + test + ": " + ended);
        }
        for (int i = 0; i < control.vectors().size(); i++) {
            lines.add(label(i == 0 ? "vectors" : "") + control.vectors().get(i));
        }
        control.deployer().ifPresent(text -> lines.addAll(wrapped("left to you", text)));
        control.notClaimed().ifPresent(text -> lines.addAll(wrapped("not claimed", text)));
    }

    static String counted(long claims) {
        return claims + (claims == 1 ? " claim" : " claims");
    }

    private static String label(String label) {
        return INDENT + label + " ".repeat(LABEL - label.length());
    }

    private static List<String> wrapped(String label, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(label(label));
        for (var word : text.split("\\s+")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(label(""));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    JsonObject json() {
        var rows = new ArrayList<JsonValue>();
        for (var control : controls) {
            var tests = new ArrayList<JsonValue>();
            for (var test : control.tests()) {
                var count = proof.map(found -> found.of(test)).orElse(TestCount.NONE);
                tests.add(JsonObject.builder()
                        .put("test", test.toString())
                        .put("passed", count.passed())
                        .put("failed", count.failed())
                        .put("skipped", count.skipped())
                        .build());
            }
            rows.add(JsonObject.builder()
                    .put("framework", control.framework().key())
                    .put("id", control.id())
                    .put("title", control.title())
                    .putIfPresent("claim", control.claim())
                    .put("proven", control.claim().isPresent() && isProven(control))
                    .put("tests", new JsonArray(tests))
                    .put("vectors", JsonArray.ofStrings(control.vectors()))
                    .putIfPresent("deployer", control.deployer())
                    .putIfPresent("not_claimed", control.notClaimed())
                    .build());
        }
        return JsonObject.builder()
                .putIfPresent("from", proof.map(found -> found.from().toString()))
                .putIfPresent("to", proof.map(found -> found.to().toString()))
                .put("controls", new JsonArray(rows))
                .build();
    }
}
