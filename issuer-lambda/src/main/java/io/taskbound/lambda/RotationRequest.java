// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the rotation function is asked for: by the schedule, which says nothing of ours, or by {@code taskbound keys}.
 */
sealed interface RotationRequest {
    /** One function for each kind. */
    <T, X extends Exception> T match(
            Kind<WhenDue, T, X> whenDue,
            Kind<Rotate, T, X> rotate,
            Kind<Retire, T, X> retire,
            Kind<Unknown, T, X> unknown)
            throws X;

    /** Makes the next key if the newest is old. */
    record WhenDue() implements RotationRequest {
        @Override
        public <T, X extends Exception> T match(
                Kind<WhenDue, T, X> whenDue,
                Kind<Rotate, T, X> rotate,
                Kind<Retire, T, X> retire,
                Kind<Unknown, T, X> unknown)
                throws X {
            return whenDue.apply(this);
        }
    }

    /**
     * Makes the next key now.
     *
     * @param publishFor how long it is published before it signs; the function's own setting unless it is said
     * @param by who asks, as they say
     */
    record Rotate(Optional<Duration> publishFor, String by) implements RotationRequest {
        @Override
        public <T, X extends Exception> T match(
                Kind<WhenDue, T, X> whenDue,
                Kind<Rotate, T, X> rotate,
                Kind<Retire, T, X> retire,
                Kind<Unknown, T, X> unknown)
                throws X {
            return rotate.apply(this);
        }
    }

    /**
     * Takes a key out at once.
     *
     * @param asksOnly nothing is changed, only said where the key is in its life
     */
    record Retire(String keyId, boolean asksOnly, String by) implements RotationRequest {
        @Override
        public <T, X extends Exception> T match(
                Kind<WhenDue, T, X> whenDue,
                Kind<Rotate, T, X> rotate,
                Kind<Retire, T, X> retire,
                Kind<Unknown, T, X> unknown)
                throws X {
            return retire.apply(this);
        }
    }

    /** No request of ours; nothing is changed. */
    record Unknown(String why) implements RotationRequest {
        @Override
        public <T, X extends Exception> T match(
                Kind<WhenDue, T, X> whenDue,
                Kind<Rotate, T, X> rotate,
                Kind<Retire, T, X> retire,
                Kind<Unknown, T, X> unknown)
                throws X {
            return unknown.apply(this);
        }
    }

    /** What to do with one kind. */
    @FunctionalInterface
    interface Kind<R, T, X extends Exception> {
        T apply(R request) throws X;
    }

    Set<String> MEMBERS = Set.of("command", "publish_for_seconds", "key_id", "dry_run", "by");
    long MAX_PUBLISH_SECONDS = 90 * 86_400;

    /**
     * @param input what the function was invoked with; nothing at all, and any object without a command, as a
     *     schedule's, ask for the next key if one is due
     */
    static RotationRequest read(byte[] input) {
        if (new String(input, UTF_8).isBlank()) {
            return new WhenDue();
        }
        try {
            var asked = StrictJson.parseObject(input);
            return asked.members().containsKey("command") ? command(asked) : new WhenDue();
        } catch (MalformedJson notOurs) {
            return new Unknown("the request is no JSON object");
        }
    }

    private static RotationRequest command(JsonObject asked) {
        var by = asked.string("by").filter(name -> name.matches("[ -~]{1,300}"));
        if (by.isEmpty() || !MEMBERS.containsAll(asked.members().keySet())) {
            return new Unknown("a command needs by, who asks, and knows no members but key_id, dry_run and"
                    + " publish_for_seconds");
        }
        return switch (asked.string("command").orElse("")) {
            case "rotate" -> rotate(asked, by.get());
            case "retire" -> retire(asked, by.get());
            default -> new Unknown("the command is neither rotate nor retire");
        };
    }

    private static RotationRequest rotate(JsonObject asked, String by) {
        if (!asked.members().containsKey("publish_for_seconds")) {
            return new Rotate(Optional.empty(), by);
        }
        OptionalLong seconds = asked.wholeNumber("publish_for_seconds");
        if (seconds.isEmpty() || seconds.getAsLong() < 0 || seconds.getAsLong() > MAX_PUBLISH_SECONDS) {
            return new Unknown("publish_for_seconds is no whole number up to 90 days");
        }
        return new Rotate(Optional.of(Duration.ofSeconds(seconds.getAsLong())), by);
    }

    private static RotationRequest retire(JsonObject asked, String by) {
        var keyId = asked.string("key_id").filter(id -> id.matches("[A-Za-z0-9_-]{43}"));
        boolean asksOnly = asked.bool("dry_run").orElse(false);
        return keyId.<RotationRequest>map(id -> new Retire(id, asksOnly, by))
                .orElseGet(() -> new Unknown("key_id is not the id of a key"));
    }
}
