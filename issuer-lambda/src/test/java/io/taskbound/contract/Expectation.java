// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.HttpResponse;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares an answer and its audit line with what a vector expects. */
final class Expectation {
    private static final String ANY = "{{any}}";
    private static final Set<String> KNOWN = Set.of("status", "error", "body", "has", "lacks", "headers", "audit");
    private final JsonObject expect;
    private final Play play;

    Expectation(JsonObject expect, Play play) {
        assertThat(KNOWN).as("members of expect").containsAll(expect.members().keySet());
        this.expect = expect;
        this.play = play;
    }

    void check(HttpResponse response, JsonObject audit) {
        var text = new String(response.body(), StandardCharsets.UTF_8);
        assertThat((long) response.status())
                .as("status of %s, audited as %s", text, JsonText.of(audit))
                .isEqualTo(expect.wholeNumber("status").orElseThrow());
        var body = (JsonObject) Json.parse(response.body());
        expect.string("error").ifPresent(error -> checkError(error, body));
        expect.object("body").ifPresent(exact -> checkExact(exact, body));
        expect.object("has").ifPresent(part -> checkPart("body", part, body));
        expect.array("lacks")
                .ifPresent(names -> names.items()
                        .forEach(name -> assertThat(body.has(text(name)))
                                .as("has %s", text(name))
                                .isFalse()));
        expect.object("headers").ifPresent(headers -> checkPart("headers", headers, headers(response)));
        expect.object("audit").ifPresent(part -> checkPart("audit", part, audit));
    }

    /** Every refusal is an error of RFC 6749 section 5.2 with a request id, and nothing more. */
    private static void checkError(String error, JsonObject body) {
        assertThat(body.string("error")).contains(error);
        assertThat(body.members().keySet()).containsExactlyInAnyOrder("error", "error_description", "request_id");
        assertThat(body.string("error_description").orElseThrow()).isNotBlank();
    }

    private void checkExact(JsonObject exact, JsonObject body) {
        assertThat(body.members().keySet())
                .as("members of the body")
                .containsExactlyInAnyOrderElementsOf(exact.members().keySet());
        checkPart("body", exact, body);
    }

    private void checkPart(String where, JsonObject part, JsonObject whole) {
        part.members().forEach((name, wanted) -> {
            var place = where + "." + name;
            assertThat(whole.get(name)).as(place).isPresent();
            checkValue(place, wanted, whole.get(name).orElseThrow());
        });
    }

    private void checkValue(String place, JsonValue wanted, JsonValue actual) {
        if (wanted.equals(new JsonString(ANY))) {
            return;
        }
        if (wanted instanceof JsonObject object && actual instanceof JsonObject whole) {
            assertThat(whole.members().keySet())
                    .as(place)
                    .containsExactlyInAnyOrderElementsOf(object.members().keySet());
            checkPart(place, object, whole);
        } else if (wanted instanceof JsonString text) {
            assertThat(actual).as(place).isEqualTo(new JsonString(play.filled(text.value())));
        } else if (wanted instanceof JsonArray) {
            assertThat(JsonText.canonical(actual)).as(place).isEqualTo(JsonText.canonical(wanted));
        } else {
            assertThat(actual).as(place).isEqualTo(wanted);
        }
    }

    private static JsonObject headers(HttpResponse response) {
        return new JsonObject(response.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> new JsonString(header.getValue()))));
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }
}
