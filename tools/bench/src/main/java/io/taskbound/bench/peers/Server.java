// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.util.List;

/** A server under measurement, started and ready, in a process of its own. Closing it ends the process. */
interface Server extends AutoCloseable {
    Started started();

    OwnProcess process();

    /** So many callers ask it at the same time. */
    int callers();

    /** Requests that will be granted, each once; all different, and made now. */
    List<byte[]> requests(int count);

    Exchange open() throws IOException;

    @Override
    void close();
}
