// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.JwtText;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The claims of a token in words, task first. Foreign text is made printable. */
final class ClaimLines {
    private final JsonObject claims;
    private final List<String> lines = new ArrayList<>();

    private ClaimLines(JsonObject claims) {
        this.claims = claims;
    }

    static List<String> of(JwtText said) {
        var shown = new ClaimLines(said.claims());
        shown.task();
        shown.text("for", "aud");
        shown.caller();
        shown.text("started by", "started_by");
        shown.text("issuer", "iss");
        shown.text("handle", "jti");
        shown.text("instance", "txn");
        shown.line("uses", shown.claims.wholeNumber("max_uses"));
        shown.claims
                .object("cnf")
                .flatMap(bound -> bound.string("jkt"))
                .ifPresent(key -> shown.line("bound to", "the key " + key));
        shown.other("policy");
        shown.time("issued", "iat");
        shown.time("expires", "exp");
        return shown.lines;
    }

    private void task() {
        for (var item :
                claims.array("authorization_details").orElse(JsonArray.EMPTY).items()) {
            if (item instanceof JsonObject detail) {
                line(
                        "may",
                        detail.string("task").orElse("?") + ": " + joined(detail.array("actions")) + " "
                                + detail.string("identifier").orElse("?"));
            }
        }
    }

    private void caller() {
        claims.object("act")
                .flatMap(act -> act.string("sub"))
                .ifPresent(sub -> line("asked by", claims.string("client_id").orElse("?") + ", " + sub));
    }

    private static String joined(Optional<JsonArray> names) {
        return names.orElse(JsonArray.EMPTY).items().stream()
                .map(item -> item instanceof JsonString string ? string.value() : "?")
                .collect(Collectors.joining(", "));
    }

    private void text(String label, String claim) {
        claims.string(claim).ifPresent(value -> line(label, value));
    }

    private void other(String claim) {
        claims.get(claim).ifPresent(value -> line(claim, plain(value)));
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString string ? string.value() : JsonText.of(value);
    }

    private void time(String label, String claim) {
        claims.wholeNumber(claim).ifPresent(seconds -> line(label, instant(seconds)));
    }

    private static String instant(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).toString();
        } catch (DateTimeException outOfRange) {
            return seconds + " seconds since 1970";
        }
    }

    private void line(String label, OptionalLong value) {
        value.ifPresent(number -> line(label, "at most " + number));
    }

    private void line(String label, String value) {
        lines.add(String.format(Locale.ROOT, "%-11s%s", label, Printable.of(value)));
    }
}
