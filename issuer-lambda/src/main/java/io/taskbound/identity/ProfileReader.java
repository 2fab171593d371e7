// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a profile's file. The files are ours, so a fault in one is a programmer's error; unknown members are one too.
 */
final class ProfileReader {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "about",
            "claims",
            "more_claims",
            "max_age_seconds",
            "discrete_claims",
            "tenant_claims",
            "project",
            "ownable",
            "owner_segments",
            "default_events",
            "audience_carries_txn",
            "refused",
            "same",
            "lint",
            "stable_subject",
            "subject_forms",
            "run",
            "job",
            "project_name",
            "project_id",
            "started_by",
            "person",
            "link",
            "web_hosts",
            "refusal");

    private final JsonObject file;

    private ProfileReader(JsonObject file) {
        this.file = file;
    }

    static Profile read(JsonObject file) {
        if (!MEMBERS.containsAll(file.members().keySet())) {
            throw new IllegalArgumentException(
                    "unknown member in a profile: " + file.members().keySet());
        }
        var reader = new ProfileReader(file);
        return new Profile(file.string("name").orElseThrow(), reader.rules(), reader.reading());
    }

    private Profile.Rules rules() {
        return new Profile.Rules(
                Duration.ofSeconds(file.wholeNumber("max_age_seconds").orElseThrow()),
                KnownClaims.read(
                        file.object("claims").orElse(JsonObject.EMPTY),
                        file.bool("more_claims").orElse(false)),
                file.bool("discrete_claims").orElse(false),
                strings(file, "tenant_claims"),
                file.object("project").map(ProfileReader::project),
                ownable(),
                ownerSegments(),
                file.object("default_events").map(ProfileReader::events),
                file.bool("audience_carries_txn").orElse(false),
                file.object("refused").orElse(JsonObject.EMPTY).members(),
                same(),
                file.object("person").map(ProfileReader::person),
                file.object("lint").orElse(JsonObject.EMPTY));
    }

    private Map<String, String> same() {
        var same = new HashMap<String, String>();
        var members = file.object("same").orElse(JsonObject.EMPTY);
        members.members()
                .keySet()
                .forEach(name -> same.put(name, members.string(name).orElseThrow()));
        return Map.copyOf(same);
    }

    private static PersonClaims person(JsonObject person) {
        return new PersonClaims(
                person.string("id").orElseThrow(),
                person.string("name").orElseThrow(),
                lists(person.object("only").orElse(JsonObject.EMPTY)),
                lists(person.object("approves").orElse(JsonObject.EMPTY)),
                strings(person, "machines"));
    }

    private static Map<String, List<String>> lists(JsonObject object) {
        var lists = new LinkedHashMap<String, List<String>>();
        object.members().keySet().forEach(name -> lists.put(name, strings(object, name)));
        return lists;
    }

    private static ProjectClaim project(JsonObject project) {
        return new ProjectClaim(
                project.string("name").orElseThrow(),
                project.string("id").orElseThrow(),
                project.bool("path").orElse(false));
    }

    private Map<String, OwnableClaim> ownable() {
        var claims = new LinkedHashMap<String, OwnableClaim>();
        var members = file.object("ownable").orElse(JsonObject.EMPTY);
        for (var name : members.members().keySet()) {
            var claim = members.object(name).orElseThrow();
            claims.put(
                    name,
                    new OwnableClaim(
                            claim.string("id").orElseThrow(),
                            claim.bool("path").orElse(false),
                            claim.bool("immutable").orElse(false)));
        }
        return Collections.unmodifiableMap(claims);
    }

    private Map<String, Integer> ownerSegments() {
        var segments = new HashMap<String, Integer>();
        for (var claim :
                file.object("owner_segments").orElse(JsonObject.EMPTY).members().entrySet()) {
            segments.put(claim.getKey(), segments(claim.getValue()));
        }
        return Map.copyOf(segments);
    }

    private static int segments(JsonValue count) {
        return count instanceof JsonNumber number
                ? Math.toIntExact(number.wholeNumber().orElseThrow())
                : Profile.ALL_SEGMENTS;
    }

    private static DefaultEvents events(JsonObject events) {
        return new DefaultEvents(
                events.string("claim").orElseThrow(),
                strings(events, "allowed"),
                strings(events, "started_by_strangers"));
    }

    private CallerReading reading() {
        return new CallerReading(
                templates("stable_subject"),
                file.string("subject_forms").map(SubjectForms::named).orElse(SubjectForms.AS_PRESENTED),
                templates("run"),
                template("job"),
                file.string("project_name").map(ProjectNaming::parse),
                template("project_id"),
                file.string("started_by").map(ClaimPath::parse),
                template("link"),
                file.object("person").map(ProfileReader::person),
                WebHosts.read(file.object("web_hosts").orElse(JsonObject.EMPTY)));
    }

    private List<ClaimTemplate> templates(String member) {
        return strings(file, member).stream().map(ClaimTemplate::parse).toList();
    }

    private Optional<ClaimTemplate> template(String member) {
        return file.string(member).map(ClaimTemplate::parse);
    }

    private static List<String> strings(JsonObject object, String member) {
        return object.array(member).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> ((JsonString) item).value())
                .toList();
    }
}
