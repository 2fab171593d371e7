// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Component} that is opened at most once until it is dropped. What cannot be opened is tried again when asked
 * for.
 */
final class Lazy<T> {
    private final Component<T> component;
    private @Nullable T opened;

    Lazy(Component<T> component) {
        this.component = component;
    }

    synchronized T get() throws NotReady {
        var open = opened;
        if (open == null) {
            open = component.open();
            opened = open;
        }
        return open;
    }

    /** Opens it if possible; later callers ask again and are told why not. */
    void tryOpen() {
        missing(this::get);
    }

    /** What prevents issuing with it now. */
    Optional<Missing> missing() {
        return missing(() -> component.check(get()));
    }

    private static Optional<Missing> missing(Asking asking) {
        try {
            asking.ask();
            return Optional.empty();
        } catch (NotReady notReady) {
            return Optional.of(notReady.missing());
        }
    }

    @FunctionalInterface
    private interface Asking {
        void ask() throws NotReady;
    }

    synchronized void drop() {
        opened = null;
    }
}
