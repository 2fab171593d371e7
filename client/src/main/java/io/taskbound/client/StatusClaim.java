// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.util.Optional;

/**
 * Where a token says that its status is published; not believed yet.
 *
 * @param index of its bit in the list
 * @param address of the list
 */
record StatusClaim(long index, String address) {
    /** Empty for a status of another kind: what we cannot check we do not accept. */
    static Optional<StatusClaim> from(JsonObject status) {
        return status.object("status_list")
                .flatMap(list -> list.whole("idx")
                        .flatMap(index -> list.text("uri").map(address -> new StatusClaim(index, address))));
    }
}
