// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of contract/policy-decisions.json. */
class PolicyDecisionsTest {
    private static final String ZEROS = "0".repeat(64);
    private static final JsonObject FILE = Contract.file("policy-decisions.json");
    private static final Policy POLICY =
            Documents.compiled(FILE.object("policy").orElseThrow());

    static Stream<Arguments> cases() {
        return Contract.items(FILE, "cases").stream()
                .map(JsonObject.class::cast)
                .map(example -> Arguments.of(example.string("name").orElseThrow(), example));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void areDecidedAsWritten(String name, JsonObject example) {
        var decision = POLICY.decide(caller(example), request(example), Instant.EPOCH);

        if (decision instanceof Decision.Granted granted) {
            assertThat(Optional.of(granted.grant().rule())).isEqualTo(example.string("granted"));
        } else {
            var denial = ((Decision.Refused) decision).denial();
            assertThat(Optional.of(denial.kind().name())).isEqualTo(example.string("kind"));
            assertThat(denial.nearest().map(NearestMiss::text))
                    .isEqualTo(example.string("nearest").map(text -> text.replace("{64}", ZEROS)));
        }
        assertThat(POLICY.explain(caller(example), request(example), Instant.EPOCH)
                        .allowed())
                .isEqualTo(example.has("granted"));
    }

    private static Caller caller(JsonObject example) {
        var provider = example.string("provider").orElseThrow();
        var claims = new LinkedHashMap<>(FILE.object("claims")
                .flatMap(all -> all.object(provider))
                .orElseThrow()
                .members());
        example.object("change").orElse(JsonObject.EMPTY).members().forEach((claim, value) -> {
            claims.put(claim, value);
            if (value == JsonNull.NULL) {
                claims.remove(claim);
            }
        });
        return Documents.caller(provider, provider, new JsonObject(claims));
    }

    private static TaskRequest request(JsonObject example) {
        var permissions = Contract.items(example, "objects").stream()
                .map(item -> permission((JsonObject) item))
                .toList();
        return new TaskRequest(
                new TaskName(example.string("task").orElseThrow()),
                permissions,
                example.string("audience"),
                Optional.empty(),
                Optional.empty());
    }

    private static RequestedPermission permission(JsonObject object) {
        var actions = new TreeSet<String>();
        object.array("actions").orElse(JsonArray.EMPTY).items().forEach(action -> actions.add(Contract.text(action)));
        var identifier = object.string("identifier").orElseThrow().replace("{64}", ZEROS);
        return new RequestedPermission(actions, Optional.empty(), new Identifier(identifier));
    }
}
