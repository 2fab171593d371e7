// SPDX-License-Identifier: Apache-2.0
package io.taskbound.approval;

import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A declaration in plain words, for whoever is to approve it: every line a label and what it says. Printable ASCII
 * alone, so that no foreign text can break a line or read backwards; nothing of what is approved is cut. Whoever
 * decides gives the hash of the text along, so that a decision is about what was read.
 */
public final class ShownText {
    private static final int HASH_OCTETS = 32;
    private static final int LONGEST_NAME = 256;
    private static final int LABEL = 12;

    private final List<Line> lines = new ArrayList<>();

    private ShownText() {}

    /** @param label a word or two */
    public record Line(String label, String text) {}

    public static ShownText of(Declaration declaration) {
        var text = new ShownText();
        text.read(declaration.json());
        return text;
    }

    private void read(JsonObject json) {
        add(
                "task",
                name(json, "task")
                        + json.string("description")
                                .map(words -> ": " + printable(words))
                                .orElse(""));
        for (var permission :
                json.array("authorization_details").orElse(JsonArray.EMPTY).items()) {
            add("may", permission(permission));
        }
        add("at", name(json, "resource_server") + ", " + name(json, "audience"));
        var requester = json.object("requester").orElse(JsonObject.EMPTY);
        add("asked by", asker(requester));
        add("run", requester.string("link").map(ShownText::printable).orElseGet(() -> name(requester, "run")));
        requester.string("job").ifPresent(job -> add("job", printable(job)));
        add("for", "at most " + duration(json.wholeNumber("lifetime").orElse(0)) + uses(json));
        add(
                "policy",
                "version " + json.wholeNumber("policy_version").orElse(0) + ", hash " + name(json, "policy_hash"));
        add("request", name(json, "txn"));
    }

    private static String permission(JsonValue value) {
        if (!(value instanceof JsonObject permission)) {
            throw new IllegalArgumentException("a permission is an object");
        }
        var actions = permission.array("actions").orElse(JsonArray.EMPTY).items().stream()
                .map(action -> action instanceof JsonString text ? printable(text.value()) : "")
                .collect(Collectors.joining(", "));
        return actions + " "
                + permission.string("identifier").map(ShownText::printable).orElse("");
    }

    private static String asker(JsonObject requester) {
        var project = requester.string("project");
        var stable = name(requester, "stable_sub");
        var who = name(requester, "provider") + ", "
                + project.map(text -> cut(text) + " (" + stable + ")").orElse(stable);
        return requester
                .string("started_by")
                .map(person -> who + ", started by " + cut(person)
                        + requester
                                .string("person")
                                .map(id -> " (" + cut(id) + ")")
                                .orElse(""))
                .orElse(who + ", started by a person whom its ID token does not name");
    }

    private static String uses(JsonObject json) {
        var most = json.wholeNumber("max_uses");
        return most.isEmpty()
                ? ""
                : most.getAsLong() == 1 ? ", each target once" : ", each target " + most.getAsLong() + " times";
    }

    private static String duration(long seconds) {
        var duration = Duration.ofSeconds(seconds);
        return seconds % 60 == 0 ? duration.toMinutes() + " min" : seconds + " s";
    }

    private static String name(JsonObject json, String member) {
        return json.string(member).map(ShownText::cut).orElse("");
    }

    private static String cut(String text) {
        return printable(text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) + "..." : text);
    }

    private static String printable(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < ' ' || c > '~') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private void add(String label, String text) {
        lines.add(new Line(label, text));
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** All of it, lines separated by line feeds, without one at the end. */
    public String text() {
        return lines.stream()
                .map(line -> line.label() + " ".repeat(LABEL - line.label().length()) + line.text())
                .collect(Collectors.joining("\n"));
    }

    /** Base64url of the text's SHA-256. */
    public String hash() {
        return Sha256.base64Url(text(), HASH_OCTETS);
    }
}
