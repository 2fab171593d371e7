// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.identity.KeyFetcher;
import io.taskbound.identity.PrivateCa;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Fetches as another does, timed and counted. */
record WatchedFetcher(KeyFetcher fetcher, Stopwatch watch) implements KeyFetcher {
    @Override
    public byte[] get(URI uri) throws IOException {
        return get(uri, Optional.empty());
    }

    @Override
    public byte[] get(URI uri, Optional<PrivateCa> ca) throws IOException {
        long begun = watch.start();
        boolean failed = true;
        try {
            var body = fetcher.get(uri, ca);
            failed = false;
            return body;
        } finally {
            watch.stop(TimedPart.KEYS, begun);
            watch.counts().fetched(failed);
        }
    }
}
