// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.Optional;

/** A {@link Component} that is opened at most once until it is dropped. What cannot be opened is tried again when asked for. */
final class Lazy<T> {
    private final Component<T> part;
    private Optional<T> opened = Optional.empty();

    Lazy(Component<T> part) {
        this.part = part;
    }

    synchronized T get() throws NotReady {
        if (opened.isEmpty()) {
            opened = Optional.of(part.open());
        }
        return opened.get();
    }

    /** Opens it if that can be done; who needs it will ask again and be told why not. */
    void tryOpen() {
        lack(this::get);
    }

    /** What stands in the way of issuing with it now. */
    Optional<Missing> lack() {
        return lack(() -> part.check(get()));
    }

    private static Optional<Missing> lack(Asking asking) {
        try {
            asking.ask();
            return Optional.empty();
        } catch (NotReady lacking) {
            return Optional.of(lacking.lack());
        }
    }

    @FunctionalInterface
    private interface Asking {
        void ask() throws NotReady;
    }

    synchronized void drop() {
        opened = Optional.empty();
    }
}
