// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The code, and the schema, samples and patterns that subscribers build on, say the same. */
class EventContractTest {
    private static final String ISSUER = "https://tokens.acme.example";
    private static final JsonObject SCHEMA_TEXT = (JsonObject) Contract.read("events.schema.json");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonText.of(SCHEMA_TEXT));

    static Stream<JsonObject> vectors() {
        return ((JsonArray) Contract.read("lines.json")).items().stream().map(JsonObject.class::cast);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void ofEachLineBecomesTheEventThatTheVectorNames(JsonObject vector) {
        var made = TokenEvent.of(vector.object("line").orElseThrow(), ISSUER);
        if (vector.get("event").orElseThrow() instanceof JsonNull) {
            assertThat(made).as(vector.string("name").orElseThrow()).isEmpty();
            return;
        }
        var sample = Contract.sample(vector.string("event").orElseThrow());
        assertThat(made).hasValueSatisfying(event -> {
            assertThat(event.kind().detailType()).isEqualTo(text(sample, "detail-type"));
            assertThat(event.detail()).isEqualTo(sample.object("detail").orElseThrow());
            assertThat(event.at().toString()).startsWith(text(sample, "time").replace("Z", ""));
        });
    }

    /** A wider one would tell subscribers who started a run, or what an ID token says. */
    @Test
    void noEventHasClaimsOrTheNameOfAPerson() {
        var everything = new HashMap<String, JsonValue>();
        vectors()
                .forEach(vector ->
                        everything.putAll(vector.object("line").orElseThrow().members()));
        everything.put("time", new JsonString("2026-12-01T10:00:00Z"));
        everything.put("event", new JsonString("ended"));
        everything.put("result", new JsonString("ended"));
        assertThat(everything).containsKeys("claims", "started_by", "sub", "proof_sha256", "nearest", "detail");

        var detail =
                TokenEvent.of(new JsonObject(everything), ISSUER).orElseThrow().detail();
        assertThat(detail.members())
                .doesNotContainKeys(
                        "claims", "started_by", "sub", "stable_sub", "by", "proof_sha256", "nearest", "detail");
        assertThat(JsonText.of(detail)).doesNotContain("alice");
    }

    @Test
    void theSchemaNamesTheMembersOfTheCodeAndNoOthers() {
        var members = new ArrayList<>(TokenEvent.FIELDS);
        members.addAll(List.of(TokenEvent.ID, TokenEvent.ISSUER));
        assertThat(SCHEMA_TEXT
                        .object("$defs")
                        .flatMap(all -> all.object("detail"))
                        .flatMap(detail -> detail.object("properties"))
                        .orElseThrow()
                        .members())
                .containsOnlyKeys(members.toArray(String[]::new));
    }

    @Test
    void theSchemaNamesTheEventsOfTheCode() {
        var types = Arrays.stream(EventKind.values()).map(EventKind::detailType).toList();
        assertThat(SCHEMA_TEXT
                        .object("properties")
                        .flatMap(all -> all.object("detail-type"))
                        .flatMap(type -> type.array("enum"))
                        .orElseThrow())
                .isEqualTo(JsonArray.ofStrings(types));
    }

    @Test
    void thereIsASampleAndAPatternOfEach() {
        assertThat(Contract.files("samples")).containsExactlyInAnyOrderElementsOf(Contract.NAMES);
        assertThat(Contract.files("patterns")).containsExactlyInAnyOrderElementsOf(Contract.NAMES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "refused", "ended", "missing-close", "approval-requested"})
    void theSchemaTakesEachSampleAndEachPatternMatchesItsOwnAlone(String name) {
        var sample = Contract.sample(name);
        assertThat(SCHEMA.validate(JsonText.of(sample), InputFormat.JSON)).isEmpty();
        for (var other : Contract.NAMES) {
            assertThat(new EventPattern(Contract.pattern(other)).matches(sample))
                    .as(other)
                    .isEqualTo(other.equals(name));
        }
        var foreign = new HashMap<>(sample.members());
        foreign.put("source", new JsonString("somebody.else"));
        assertThat(new EventPattern(Contract.pattern(name)).matches(new JsonObject(foreign)))
                .isFalse();
    }

    /** A schema that takes everything proves nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"granted", "refused", "ended", "missing-close", "approval-requested"})
    void theSchemaTakesNoEventThatLacksWhatItPromises(String name) {
        var sample = Contract.sample(name);
        for (var lacking : List.of("event_id", "issuer", "provider", "run")) {
            var detail = new HashMap<>(sample.object("detail").orElseThrow().members());
            detail.remove(lacking);
            assertThat(SCHEMA.validate(JsonText.of(with(sample, "detail", new JsonObject(detail))), InputFormat.JSON))
                    .as(lacking)
                    .isNotEmpty();
        }
        for (var other : Contract.NAMES) {
            if (!other.equals(name)) {
                var type = Contract.sample(other).get("detail-type").orElseThrow();
                assertThat(SCHEMA.validate(JsonText.of(with(sample, "detail-type", type)), InputFormat.JSON))
                        .as(other)
                        .isNotEmpty();
            }
        }
    }

    private static JsonObject with(JsonObject object, String member, JsonValue value) {
        var changed = new HashMap<>(object.members());
        changed.put(member, value);
        return new JsonObject(changed);
    }

    private static String text(JsonObject object, String member) {
        return object.string(member).orElseThrow();
    }
}
