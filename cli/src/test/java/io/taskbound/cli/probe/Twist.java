// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import java.util.function.Supplier;

/** What a sabotaged issuer makes of a request: an answer of its own, or the real one, changed or not. */
@FunctionalInterface
interface Twist {
    Twist NONE = (asked, real) -> real.get();

    Reply answer(Asked asked, Supplier<Reply> real);
}
