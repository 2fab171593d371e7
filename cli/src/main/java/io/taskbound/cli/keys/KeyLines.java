// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.ShownTime;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A key with its phase and its dates, as things stand at one moment. */
record KeyLines(KeySchedule schedule, Instant now) {

    List<String> of(KeyRecord key) {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(Locale.ROOT, "%-10s %s", schedule.phase(key, now).word(), key.keyId()));
        lines.add("           " + dates(key));
        lines.add("           " + kept(key) + "; made by " + Printable.of(key.by()));
        return lines;
    }

    /** Of all keys that are in the JWK Set. */
    List<String> published() {
        return schedule.published(now).stream().flatMap(key -> of(key).stream()).toList();
    }

    private String dates(KeyRecord key) {
        var dates = new StringBuilder("published from " + ShownTime.of(key.publish()));
        boolean taken = key.removed().isPresent();
        if (!taken) {
            dates.append(", signs from ").append(ShownTime.of(key.sign()));
            schedule.stop(key, now).ifPresent(stop -> dates.append(" until ").append(ShownTime.of(stop)));
        }
        schedule.removal(key, now)
                .ifPresent(gone ->
                        dates.append(taken ? ", taken out " : ", removed ").append(ShownTime.of(gone)));
        return dates.toString();
    }

    private String kept(KeyRecord key) {
        if (key.kept() instanceof KeyRecord.KeyLocation.InKms inKms) {
            var place = "in KMS: " + Printable.of(inKms.arn());
            return schedule.phase(key, now) == KeyPhase.REMOVED ? place + " (costs until you delete it)" : place;
        }
        return "sealed";
    }

    /** All keys of the table. */
    JsonObject json(String table) {
        return JsonObject.builder().put("table", table).put("keys", keys()).build();
    }

    JsonArray keys() {
        return new JsonArray(schedule.keys().stream().<JsonValue>map(this::json).toList());
    }

    JsonObject json(KeyRecord key) {
        var json = JsonObject.builder()
                .put("kid", key.keyId())
                .put("phase", schedule.phase(key, now).word())
                .put("signer", SignerOptions.Kind.of(key).word())
                .put("published_from", ShownTime.of(key.publish()))
                .put("signs_from", ShownTime.of(key.sign()));
        schedule.stop(key, now).ifPresent(stop -> json.put("signs_until", ShownTime.of(stop)));
        schedule.removal(key, now).ifPresent(gone -> json.put("removed_at", ShownTime.of(gone)));
        if (key.kept() instanceof KeyRecord.KeyLocation.InKms inKms) {
            json.put("kms_key", inKms.arn());
        }
        return json.put("taken_out", key.removed().isPresent())
                .put("by", key.by())
                .build();
    }
}
