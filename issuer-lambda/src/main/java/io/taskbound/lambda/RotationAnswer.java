// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.json.JsonObject;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What the rotation function answers and logs: one JSON object, with its outcome as {@code result}. */
final class RotationAnswer {
    private RotationAnswer() {}

    private static JsonObject.Builder begin(String result) {
        return JsonObject.builder().put("event", "key_rotation").put("result", result);
    }

    /**
     * @throws IOException when no key was made although one is due: that no alarm went off would read as "all is well"
     */
    static JsonObject ofTheSchedule(Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.Refused refused) {
            throw new IOException("no new signing key: " + refused.why());
        }
        return of(outcome);
    }

    static JsonObject of(Outcome outcome) {
        return outcome.match(
                changed -> changed(changed.made()),
                notDue -> begin("not_due").put("kid", notDue.newest().keyId()).build(),
                overtaken -> begin("overtaken").build(),
                refused -> refused(refused.why(), refused.remedy()));
    }

    private static JsonObject changed(Optional<KeyRecord> made) {
        var told = begin(made.isPresent() ? "rotated" : "removed");
        made.ifPresent(key -> told.put("kid", key.keyId())
                .put("signs_from", key.sign().truncatedTo(ChronoUnit.SECONDS).toString()));
        return told.build();
    }

    static JsonObject refused(String why, String remedy) {
        return begin("refused").put("why", why).put("remedy", remedy).build();
    }

    static JsonObject unavailable(SignerUnavailable unusable) {
        return begin("unavailable")
                .put("why", String.valueOf(unusable.getMessage()))
                .build();
    }

    static JsonObject phase(Optional<KeyPhase> phase) {
        return begin("looked")
                .put("phase", phase.map(KeyPhase::word).orElse("unknown"))
                .build();
    }
}
