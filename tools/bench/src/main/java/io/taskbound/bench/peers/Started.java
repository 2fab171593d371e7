// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.time.Duration;
import java.util.Optional;

/**
 * How a server came to be ready for its first request.
 *
 * @param start from the start of its process until it was ready, or a snapshot could be taken
 * @param restore from the restore until it was ready; empty where there is no snapshot
 */
record Started(Effort start, Optional<Effort> restore) {
    /** @param processor what the process's threads had of all processors meanwhile */
    record Effort(Duration time, Duration processor) {}

    static Started once(Effort start) {
        return new Started(start, Optional.empty());
    }
}
