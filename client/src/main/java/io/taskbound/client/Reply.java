// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The end of a call: an answer that asks for no further try, or none. */
sealed interface Reply {
    /**
     * @param sentAt when the try that was answered went out: the safe start for "in n seconds"
     * @param lostOne an earlier try may have reached the issuer without its answer reaching us
     */
    record Received(TransportAnswer answer, Instant sentAt, int tries, boolean lostOne) implements Reply {
        int status() {
            return answer.status();
        }

        Optional<JsonObject> json() {
            return JsonObject.parse(answer.body());
        }

        /** An answer that no issuer gives. Says what kind of thing came, never what it said. */
        Outage notAnIssuer(String missing) {
            String sentence = isRedirect()
                    ? "the address answered " + status() + ", a redirect, and redirects are not followed"
                    : "the address answered " + status() + " " + missing;
            return new Outage(
                    Outage.Kind.NOT_AN_ISSUER, sentence, Optional.empty(), Optional.empty(), tries, mayHaveArrived());
        }

        /** Who redirects or refuses, in whatever words, did not act; who says "done", or broke down, may have. */
        private boolean mayHaveArrived() {
            return lostOne || status() == 200 || status() >= 500;
        }

        private boolean isRedirect() {
            return status() >= 300 && status() < 400;
        }
    }

    /** Nothing usable came. */
    record None(Outage outage) implements Reply {}

    /** An earlier try may have reached the issuer without its answer reaching us. */
    default boolean lostOne() {
        return match(Received::lostOne, none -> false);
    }

    /** One function for each kind of end. */
    default <T> T match(Function<Received, T> received, Function<None, T> none) {
        return this instanceof Received it ? received.apply(it) : none.apply((None) this);
    }
}
