// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Fetches a provider's public document. Returns the whole body of a 200, or fails within seconds; never follows
 * redirects.
 */
public interface KeyFetcher {
    byte[] get(URI uri) throws IOException;

    /** The same from a host that one of these authorities must have certified, if there are any. */
    default byte[] get(URI uri, Optional<PrivateCa> ca) throws IOException {
        return get(uri);
    }
}
