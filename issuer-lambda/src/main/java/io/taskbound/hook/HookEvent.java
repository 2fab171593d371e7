// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import java.util.function.Function;

/** What an authentic event says. */
public sealed interface HookEvent permits Ended, HookEvent.Other {
    /** One function for each alternative. */
    <T> T match(Function<Ended, T> ended, Function<Other, T> other);

    /**
     * Something else than an end: a test of the hook, a job that begins, another kind of event.
     *
     * @param what a fixed word or two, for the audit log
     */
    record Other(String what) implements HookEvent {
        @Override
        public <T> T match(Function<Ended, T> ended, Function<Other, T> other) {
            return other.apply(this);
        }
    }
}
