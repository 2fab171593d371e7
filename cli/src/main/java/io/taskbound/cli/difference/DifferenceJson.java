// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Change;
import io.taskbound.policy.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A difference for programs: the changes as {@code policy push --json} writes them, wider ones first. */
final class DifferenceJson {
    private DifferenceJson() {}

    static JsonObject of(SortedChanges changes, Optional<Policy> before, Policy after) {
        var told = JsonObject.builder();
        before.ifPresent(old -> told.put("old_hash", old.version().hash()));
        return told.put("new_hash", after.version().hash())
                .put("wider", array(changes.wider()))
                .put("narrower", array(changes.narrower()))
                .put("other", array(changes.others()))
                .build();
    }

    private static JsonArray array(List<Change> changes) {
        return new JsonArray(changes.stream()
                .<JsonValue>map(change -> JsonObject.builder()
                        .put("subject", change.subject())
                        .put("effect", change.effect().name().toLowerCase(Locale.ROOT))
                        .put("words", change.words())
                        .build())
                .toList());
    }
}
