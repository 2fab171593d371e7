// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.util.function.Function;

/** Whether the step's task lets a request pass. */
sealed interface Permit {
    /** It does; the path may need no token. */
    record Pass(boolean withToken) implements Permit {}

    /** It does not. */
    record Stop(TurnedAway why) implements Permit {}

    /** One function for each. */
    default <T> T match(Function<Boolean, T> pass, Function<TurnedAway, T> stop) {
        return this instanceof Pass it ? pass.apply(it.withToken()) : stop.apply(((Stop) this).why());
    }
}
