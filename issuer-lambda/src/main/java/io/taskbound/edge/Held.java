// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import java.util.Optional;

/** A {@link Part} that is opened at most once until it is dropped. What cannot be opened is tried again when asked for. */
final class Held<T> {
    private final Part<T> part;
    private Optional<T> opened = Optional.empty();

    Held(Part<T> part) {
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
    Optional<Lack> lack() {
        return lack(() -> part.check(get()));
    }

    private static Optional<Lack> lack(Asking asking) {
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
