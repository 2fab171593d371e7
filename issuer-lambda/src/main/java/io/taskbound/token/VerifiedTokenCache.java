// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which texts were proven before, by their SHA-256. A server that asks about the same token on each of its own requests
 * then only waits for the ledger: checking an ES256 signature takes the JDK as long as a read of the record. Only what
 * a text says about itself is remembered, never whether the token is alive. The least recently seen goes first;
 * thread-safe.
 */
final class VerifiedTokenCache {
    /** About 200 bytes each. */
    static final int MOST = 1_000;

    private final Map<String, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    boolean include(byte[] sha256) {
        synchronized (seen) {
            return seen.get(key(sha256)) != null;
        }
    }

    void add(byte[] sha256) {
        synchronized (seen) {
            seen.put(key(sha256), true);
        }
    }

    private static String key(byte[] sha256) {
        return Base64.getEncoder().encodeToString(sha256);
    }
}
