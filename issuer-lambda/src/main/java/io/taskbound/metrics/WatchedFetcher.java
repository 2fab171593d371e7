// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.identity.KeyFetcher;
import java.io.IOException;
import java.net.URI;

/** Fetches as another does, timed and counted. */
record WatchedFetcher(KeyFetcher fetcher, Stopwatch watch) implements KeyFetcher {
    @Override
    public byte[] get(URI uri) throws IOException {
        long begun = watch.start();
        boolean failed = true;
        try {
            var body = fetcher.get(uri);
            failed = false;
            return body;
        } finally {
            watch.stop(TimedPart.KEYS, begun);
            watch.counts().fetched(failed);
        }
    }
}
