// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.util.function.Function;

/** What becomes of a request. */
sealed interface Admission {
    /** It is passed on. */
    record Yes(Admitted request) implements Admission {}

    /** It is not, and nothing has gone over the network. */
    record No(TurnedAway why) implements Admission {}

    /** One function for each. */
    default <T> T match(Function<Admitted, T> yes, Function<TurnedAway, T> no) {
        return this instanceof Yes it ? yes.apply(it.request()) : no.apply(((No) this).why());
    }
}
