// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyListLine;

/** An entry of the deny list, for programs. */
final class DenialJson {
    private DenialJson() {}

    static JsonObject of(DenyListLine.Written denial) {
        var json = JsonObject.builder().put("entry", denial.id());
        members(denial.entry(), json);
        denial.lifted()
                .ifPresent(lifting -> json.put(
                        "lifted",
                        JsonObject.builder()
                                .put("time", lifting.at().toString())
                                .put("by", lifting.by())
                                .put("why", lifting.why())
                                .build()));
        return json.build();
    }

    /** One that was not written yet, and so has no id. */
    static JsonObject of(DenyEntry entry) {
        var json = JsonObject.builder();
        members(entry, json);
        return json.build();
    }

    private static void members(DenyEntry entry, JsonObject.Builder json) {
        json.put("kind", entry.kind().wire())
                .put("value", entry.value())
                .putIfPresent("until", entry.until().map(Object::toString))
                .put("time", entry.at().toString())
                .put("by", entry.by())
                .putIfPresent("why", entry.note());
    }
}
