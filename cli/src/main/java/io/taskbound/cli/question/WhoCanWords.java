// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Permitted;
import io.taskbound.policy.WhoCan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The answers to one question, for people and for tools. */
final class WhoCanWords {
    private final WhoCan.Question question;
    private final Instant now;

    /** @param now when a window is said to be open */
    WhoCanWords(WhoCan.Question question, Instant now) {
        this.question = question;
        this.now = now;
    }

    List<String> lines(List<Answer> answers) {
        var asked = question.action() + " on " + question.identifier();
        if (answers.isEmpty()) {
            return List.of("Nobody may " + asked + ".");
        }
        var lines = new ArrayList<String>();
        lines.add("Who may " + asked + ":");
        var byPlace = new LinkedHashMap<String, List<Answer>>();
        answers.forEach(answer -> byPlace.computeIfAbsent(place(answer.permitted()), any -> new ArrayList<>())
                .add(answer));
        byPlace.forEach((place, own) -> {
            lines.add("");
            lines.add(place);
            own.forEach(answer -> caller(answer.permitted(), lines));
            var first = own.get(0);
            first.permitted().terms().words(now).forEach(sentence -> lines.add("  " + sentence));
            first.undeliverable().ifPresent(why -> lines.add("  Nobody gets it: a rule allows it, but " + why));
        });
        return lines;
    }

    private static String place(Permitted permitted) {
        return "By task " + permitted.task() + ", at resource server "
                + permitted.server().name() + ":";
    }

    private static void caller(Permitted permitted, List<String> lines) {
        lines.add("  callers with an ID token of provider " + permitted.provider() + " in which (" + permitted.rule()
                + ")");
        permitted.words().forEach(words -> lines.add("    " + words));
    }

    JsonObject json(List<Answer> answers) {
        var told = JsonObject.builder()
                .put("action", question.action())
                .put("identifier", question.identifier().value())
                .put("anybody", answers.stream().anyMatch(Answer::isDeliverable));
        return told.put(
                        "rules",
                        new JsonArray(
                                answers.stream().<JsonValue>map(this::json).toList()))
                .build();
    }

    private JsonObject json(Answer answer) {
        var permitted = answer.permitted();
        return JsonObject.builder()
                .put("task", permitted.task().value())
                .put("server", permitted.server().name().value())
                .put("rule", permitted.rule())
                .put("provider", permitted.provider().value())
                .put("claims", TermsJson.requirements(permitted.requirements()))
                .put(
                        "values",
                        new JsonArray(permitted.values().stream()
                                .<JsonValue>map(one -> {
                                    var values = JsonObject.builder();
                                    one.forEach(values::put);
                                    return values.build();
                                })
                                .toList()))
                .put("patterns", JsonArray.ofStrings(permitted.patterns()))
                .put("needs", JsonArray.ofStrings(permitted.needed()))
                .put("limits", TermsJson.of(permitted.terms(), now))
                .putIfPresent("undeliverable", answer.undeliverable())
                .put("words", JsonArray.ofStrings(permitted.words()))
                .build();
    }
}
