// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a profile knows for the people who write rules: how far a claim reaches, and which claims go together. No
 * decision depends on it.
 *
 * @param project claims that name one project, and not only whose it is
 * @param code claims that say which code runs
 * @param notCode values by which they do not
 * @param unprotected claims that whoever may start a run chooses, unless the system protects them
 * @param origin claims that tell a build of the project from one of a fork
 * @param addProject what a rule that names no project should add
 * @param addCode what a rule that names no code should add
 * @param ownerOf ids that stay when their owner changes, and the id of the owner
 * @param ignoresCase claims with names that the system compares without regard to case
 */
public record Lint(
        List<String> project,
        List<String> code,
        Map<String, List<String>> notCode,
        List<String> unprotected,
        List<String> origin,
        String addProject,
        String addCode,
        Map<String, String> ownerOf,
        List<String> ignoresCase,
        List<LookOut> lookOut,
        List<Spelling> spellings) {

    /**
     * Values that deserve a second look.
     *
     * @param code of the warning
     * @param like a pattern of such values, as a rule writes it
     * @param example one of them
     */
    public record LookOut(String code, String claim, String like, String example) {}

    /**
     * A claim whose text is made of other claims.
     *
     * @param claim the name of the claim
     * @param parts literal texts and, at odd positions, the names of claims; {@code _} for anything
     * @param with what other claims are then
     * @param except what they are then not
     * @param without claims that are then absent
     */
    public record Spelling(
            String claim,
            List<String> parts,
            Map<String, List<String>> with,
            Map<String, List<String>> except,
            List<String> without) {}

    static Lint read(JsonObject object) {
        return new Lint(
                strings(object, "project"),
                strings(object, "code"),
                lists(object, "not_code"),
                strings(object, "unprotected"),
                strings(object, "origin"),
                object.string("add_project").orElse(""),
                object.string("add_code").orElse(""),
                texts(object, "owner_of"),
                strings(object, "ignores_case"),
                objects(object, "look_out").stream().map(Lint::lookOut).toList(),
                objects(object, "spellings").stream().map(Lint::spelling).toList());
    }

    private static LookOut lookOut(JsonObject object) {
        return new LookOut(
                object.string("code").orElseThrow(),
                object.string("claim").orElseThrow(),
                object.string("like").orElseThrow(),
                object.string("example").orElseThrow());
    }

    private static Spelling spelling(JsonObject object) {
        return new Spelling(
                object.string("claim").orElseThrow(),
                List.of(object.string("form").orElseThrow().split("\\$\\{|}", -1)),
                lists(object, "with"),
                lists(object, "except"),
                strings(object, "without"));
    }

    private static List<JsonObject> objects(JsonObject object, String member) {
        return object.array(member).orElse(JsonArray.EMPTY).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> strings(JsonObject object, String member) {
        return object.array(member).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> ((JsonString) item).value())
                .toList();
    }

    private static Map<String, List<String>> lists(JsonObject object, String member) {
        var lists = new LinkedHashMap<String, List<String>>();
        var members = object.object(member).orElse(JsonObject.EMPTY);
        members.members().keySet().forEach(name -> lists.put(name, strings(members, name)));
        return lists;
    }

    private static Map<String, String> texts(JsonObject object, String member) {
        var texts = new LinkedHashMap<String, String>();
        var members = object.object(member).orElse(JsonObject.EMPTY);
        members.members()
                .keySet()
                .forEach(name -> texts.put(name, members.string(name).orElseThrow()));
        return texts;
    }
}
