// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made when it is first wanted, and once: what few ask for should not make every cold start longer. */
final class OnFirstUse<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    OnFirstUse(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        var there = made;
        if (there == null) {
            there = maker.get();
            made = there;
        }
        return there;
    }
}
