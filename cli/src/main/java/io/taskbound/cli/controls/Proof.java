// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the named tests ended in one build.
 *
 * @param from the time of the first report, {@code to} that of the last
 */
record Proof(String version, Instant from, Instant to, Map<TestName, TestCount> counts) {
    private static final String TESTS = "tests";

    Proof {
        counts = Map.copyOf(counts);
    }

    TestCount of(TestName test) {
        return counts.getOrDefault(test, TestCount.NONE);
    }

    /**
     * Why this control is not proven: nothing if it is, or claims nothing. A test that was skipped proves nothing and
     * falsifies nothing.
     */
    List<String> gaps(Control control) {
        var gaps = new ArrayList<String>();
        for (var test : control.tests()) {
            var count = of(test);
            if (count.failed() > 0) {
                gaps.add(control.id() + ": " + test + " failed");
            } else if (!count.hasRun() && count.skipped() == 0) {
                gaps.add(control.id() + ": " + test + " did not run in this build");
            }
        }
        if (gaps.isEmpty()
                && control.claim().isPresent()
                && control.tests().stream().noneMatch(test -> of(test).hasRun())) {
            gaps.add(control.id() + ": each of its tests was skipped in this build, so that nothing proves its claim");
        }
        return gaps;
    }

    JsonObject json() {
        var tests = new ArrayList<JsonValue>();
        new TreeMap<>(counts)
                .forEach((test, count) -> tests.add(JsonObject.builder()
                        .put("test", test.toString())
                        .put("passed", count.passed())
                        .put("failed", count.failed())
                        .put("skipped", count.skipped())
                        .build()));
        return JsonObject.builder()
                .put("version", version)
                .put("from", from.toString())
                .put("to", to.toString())
                .put(TESTS, new JsonArray(tests))
                .build();
    }

    /** @throws IllegalArgumentException if it is not one that {@link #json} wrote */
    static Proof parse(String text) {
        try {
            var json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
            var counts = new TreeMap<TestName, TestCount>();
            for (var item : json.array(TESTS)
                    .orElseThrow(() -> new IllegalArgumentException(TESTS))
                    .items()) {
                var row = (JsonObject) item;
                counts.put(
                        TestName.parse(row.string("test").orElse("")),
                        new TestCount(number(row, "passed"), number(row, "failed"), number(row, "skipped")));
            }
            return new Proof(
                    json.string("version").orElse(""),
                    Instant.parse(json.string("from").orElse("")),
                    Instant.parse(json.string("to").orElse("")),
                    counts);
        } catch (MalformedJson | DateTimeParseException | ClassCastException damaged) {
            throw new IllegalArgumentException("not the proof of a build", damaged);
        }
    }

    private static int number(JsonObject row, String name) {
        return Math.toIntExact(row.wholeNumber(name).orElse(0));
    }
}
