// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Allowance;
import io.taskbound.policy.Allowance.Answer;
import io.taskbound.policy.LimitTerms;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a caller may do, for people and for tools. */
final class WhatCanWords {
    private static final int MOST_CLAIMS = 6;

    private final ProviderName provider;
    private final JsonObject given;
    private final Instant now;

    /**
     * @param given what is known of the caller
     * @param now when a window is said to be open
     */
    WhatCanWords(ProviderName provider, JsonObject given, Instant now) {
        this.provider = provider;
        this.given = given;
        this.now = now;
    }

    List<String> lines(List<Allowance> answers) {
        var lines = new ArrayList<String>();
        lines.add("A caller of provider " + provider + " with " + claims() + ":");
        for (var kind : Answer.values()) {
            answers.stream().filter(answer -> answer.answer() == kind).forEach(answer -> add(answer, lines));
        }
        return lines;
    }

    private String claims() {
        var shown = given.members().entrySet().stream()
                .limit(MOST_CLAIMS)
                .map(claim -> Printable.of(claim.getKey()) + " " + Printable.of(JsonText.of(claim.getValue())))
                .collect(Collectors.joining(", "));
        int more = given.members().size() - MOST_CLAIMS;
        return more > 0 ? shown + " and " + more + " other claims" : shown;
    }

    private void add(Allowance answer, List<String> lines) {
        lines.add("");
        lines.add(begin(answer));
        answer.reason().ifPresent(reason -> lines.add("  " + reason));
        for (var way : answer.ways()) {
            way.targets().forEach(targets -> lines.add("  " + targets.words()));
            if (!way.isCertain()) {
                lines.add("    if (" + way.rule() + ")");
                way.words().forEach(words -> lines.add("      " + words));
            }
        }
        servers(answer).stream()
                .flatMap(terms -> terms.words(now).stream())
                .distinct()
                .forEach(sentence -> lines.add("  " + sentence));
    }

    private static String begin(Allowance answer) {
        return switch (answer.answer()) {
            case MAY -> "MAY do task " + answer.task() + ":";
            case MAY_IF -> "MAY do task " + answer.task() + " if its other claims are right:";
            case MAY_NOT -> "MAY NOT do task " + answer.task() + ":";
        };
    }

    private static List<LimitTerms> servers(Allowance answer) {
        var servers = new LinkedHashSet<ServerName>();
        answer.ways().forEach(way -> way.targets().forEach(targets -> servers.add(targets.server())));
        return servers.stream().map(answer::terms).toList();
    }

    JsonObject json(List<Allowance> answers) {
        return JsonObject.builder()
                .put("provider", provider.value())
                .put("claims", given)
                .put(
                        "tasks",
                        new JsonArray(
                                answers.stream().<JsonValue>map(this::json).toList()))
                .build();
    }

    private JsonObject json(Allowance answer) {
        return JsonObject.builder()
                .put("task", answer.task().value())
                .put("answer", answer.answer().name().toLowerCase(Locale.ROOT))
                .putIfPresent("reason", answer.reason())
                .put(
                        "ways",
                        new JsonArray(answer.ways().stream()
                                .<JsonValue>map(way -> json(answer, way))
                                .toList()))
                .build();
    }

    private JsonObject json(Allowance answer, Allowance.Way way) {
        return JsonObject.builder()
                .put("rule", way.rule())
                .put("certain", way.isCertain())
                .put("claims", TermsJson.requirements(way.requirements()))
                .put("needs", JsonArray.ofStrings(way.needed()))
                .put(
                        "targets",
                        new JsonArray(way.targets().stream()
                                .<JsonValue>map(targets -> JsonObject.builder()
                                        .put("server", targets.server().value())
                                        .put("actions", JsonArray.ofStrings(targets.actions()))
                                        .put("identifiers", JsonArray.ofStrings(targets.identifiers()))
                                        .put("limits", TermsJson.of(answer.terms(targets.server()), now))
                                        .build())
                                .toList()))
                .build();
    }
}
