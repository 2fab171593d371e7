// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes events and delivers them to whoever subscribed. */
interface EventBus {
    /**
     * Hands over one batch, once.
     *
     * @param batch within the limits of {@link Batches}
     * @return for each event, in order, the code with which it was not accepted; absent where it was
     * @throws IOException where none was accepted, or nobody knows: no answer in time, a refusal of all, a redirect
     */
    List<Optional<String>> put(List<TokenEvent> batch) throws IOException;
}
