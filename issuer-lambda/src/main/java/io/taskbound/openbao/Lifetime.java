// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How long a token can live, as a look-up says. */
final class Lifetime {
    private static final long MAX_SECONDS = Duration.ofDays(366).toSeconds();

    private Lifetime() {}

    /**
     * What a look-up says of this token; empty where it is not an answer about it.
     *
     * @param answer of {@code lookup-accessor}
     */
    static Optional<JsonObject> about(Optional<JsonValue> answer, String accessor) {
        return answer.filter(JsonObject.class::isInstance)
                .flatMap(object -> ((JsonObject) object).object("data"))
                .filter(data -> data.string("accessor").equals(Optional.of(accessor)));
    }

    /** From its making, however often it is renewed; empty where it may be renewed without an end that is known. */
    static Optional<Duration> longest(JsonObject about) {
        var most = about.wholeNumber("explicit_max_ttl");
        if (isLife(most)) {
            return Optional.of(Duration.ofSeconds(most.getAsLong()));
        }
        var life = about.wholeNumber("creation_ttl");
        return isLife(life) && about.bool("renewable").equals(Optional.of(false))
                ? Optional.of(Duration.ofSeconds(life.getAsLong()))
                : Optional.empty();
    }

    private static boolean isLife(OptionalLong seconds) {
        return seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() <= MAX_SECONDS;
    }
}
