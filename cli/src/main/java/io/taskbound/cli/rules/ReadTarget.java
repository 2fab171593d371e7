// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.function.Function;

/** A request's method and target as they were read. */
public sealed interface ReadTarget {
    /** It can be read in one way only. */
    record Plain(RequestTarget target) implements ReadTarget {}

    /** It is refused, whatever the rules say. */
    record Odd(Oddity oddity) implements ReadTarget {}

    /** One function for each. */
    default <T> T match(Function<RequestTarget, T> plain, Function<Oddity, T> odd) {
        return this instanceof Plain it ? plain.apply(it.target()) : odd.apply(((Odd) this).oddity());
    }
}
