// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** A length of time in an answer of the issuer. */
final class Seconds {
    /** The longest lifetime that a policy can set; an answer with more does not come from a Taskbound issuer. */
    private static final long MAX = 3600;

    private Seconds() {}

    /** Empty unless it is a whole number from 1 to {@value #MAX}. */
    static Optional<Duration> of(JsonObject body, String name) {
        return orNone(body, name).filter(length -> !length.isZero());
    }

    /** As {@link #of}, and 0: in its last second a token has a lease of no whole second. */
    static Optional<Duration> orNone(JsonObject body, String name) {
        return body.whole(name).filter(value -> value >= 0 && value <= MAX).map(Duration::ofSeconds);
    }
}
