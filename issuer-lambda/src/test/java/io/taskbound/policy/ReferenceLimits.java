// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static io.taskbound.policy.Contract.items;
import static io.taskbound.policy.Contract.text;

import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.task.TaskRequest;
import java.time.Duration;
import java.util.Optional;

/** The limits of a grant, straight from the document, in one text. */
final class ReferenceLimits {
    private static final long CEILING = 15 * 60;

    private ReferenceLimits() {}

    /**
     * @param redeems whether the server counts uses
     * @param request what it asks for may only be less
     */
    static String of(JsonObject task, boolean redeems, TaskRequest request) {
        long lifetime = least(seconds(task, "max_lifetime").orElse(CEILING), asked(request.lifetime()));
        var own = seconds(task, "lease");
        var wanted = request.lease().map(length -> length.toSeconds());
        var lease = own.isEmpty() && wanted.isEmpty()
                ? "none"
                : Long.toString(least(lifetime, least(own.orElse(Long.MAX_VALUE), wanted.orElse(Long.MAX_VALUE))));
        return "lifetime " + lifetime + " uses " + (redeems ? uses(task) : "any") + " lease " + lease + " live "
                + number(task, "max_live") + " in run " + number(task, "max_live_per_run") + " once "
                + new JsonBoolean(true).equals(task.members().get("once_per_run")) + " approval "
                + task.object("approval").map(ReferenceLimits::approval).orElse("none");
    }

    private static String approval(JsonObject approval) {
        var count = number(approval, "count");
        return items(approval, "by").stream().map(Contract::text).toList() + " " + (count.equals("any") ? "1" : count)
                + " " + seconds(approval, "within").orElse(3_600L);
    }

    private static String uses(JsonObject task) {
        if (!task.has("max_uses")) {
            return "1";
        }
        return task.members().get("max_uses") instanceof JsonString ? "any" : number(task, "max_uses");
    }

    private static String number(JsonObject object, String name) {
        return object.members().get(name) instanceof JsonNumber number
                ? number.value().toPlainString()
                : "any";
    }

    private static Optional<Long> seconds(JsonObject object, String name) {
        return object.get(name).map(value -> {
            var length = text(value);
            long amount = Long.parseLong(length.substring(0, length.length() - 1));
            return length.endsWith("m") ? amount * 60 : amount;
        });
    }

    private static long asked(Optional<Duration> length) {
        return length.map(Duration::toSeconds).orElse(Long.MAX_VALUE);
    }

    private static long least(long one, long other) {
        return Math.min(one, other);
    }
}
