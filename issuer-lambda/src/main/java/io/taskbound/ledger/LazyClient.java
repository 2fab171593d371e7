// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * An AWS client that is made when it is first needed, and can be dropped, with its connections and credentials, and
 * made again: a snapshot of a function must not hold one. Thread-safe.
 */
public final class LazyClient<C extends SdkAutoCloseable> {
    private final Supplier<C> maker;
    private @Nullable C made;

    public LazyClient(Supplier<C> maker) {
        this.maker = maker;
    }

    /** Makes it if it is not there; every call until {@link #drop} gives the same one. */
    public synchronized C get() {
        var client = made;
        if (client == null) {
            client = maker.get();
            made = client;
        }
        return client;
    }

    /** Closes it, if it is there. */
    public synchronized void drop() {
        if (made != null) {
            made.close();
            made = null;
        }
    }
}
