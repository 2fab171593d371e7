// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** An audit line in a few words for a person at a terminal; it holds what the audit line holds, so never a token. */
final class DecisionLine {
    private static final int TIME_START = "2026-11-23T".length();
    private static final int TIME_END = TIME_START + "22:43:09".length();

    private DecisionLine() {}

    static String of(String auditLine) {
        try {
            return of(StrictJson.parseObject(auditLine.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson malformed) {
            return auditLine;
        }
    }

    private static String of(JsonObject line) {
        var words = new StringJoiner("  ");
        var time = line.string("time").orElse("");
        words.add(time.length() > TIME_END ? time.substring(TIME_START, TIME_END) : time);
        words.add(line.string("event").orElse("?") + " "
                + line.string("cause").or(() -> line.string("result")).orElse("?"));
        line.string("task").ifPresent(words::add);
        line.string("stable_sub").or(() -> line.string("sub")).ifPresent(words::add);
        line.string("reason").or(() -> line.string("error")).ifPresent(words::add);
        line.string("detail").ifPresent(words::add);
        line.object("nearest").flatMap(DecisionLine::nearest).ifPresent(words::add);
        line.string("jti").ifPresent(words::add);
        line.string("request_id").ifPresent(id -> words.add("request " + id));
        return Printable.of(words.toString());
    }

    private static java.util.Optional<String> nearest(JsonObject nearest) {
        return nearest.string("path")
                .map(path -> path + " is " + nearest.string("actual").orElse("absent") + ", not "
                        + nearest.string("expected").orElse("that"));
    }
}
