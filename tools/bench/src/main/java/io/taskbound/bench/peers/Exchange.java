// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;

/** One caller's way to a server, over which it asks one thing after the other. Used by one thread at a time. */
interface Exchange extends AutoCloseable {
    /**
     * Asks, and waits for the answer.
     *
     * @return the nanoseconds until the whole answer was there
     * @throws IOException when the answer is not a grant, or does not come
     */
    long ask(byte[] request) throws IOException;

    @Override
    void close();
}
