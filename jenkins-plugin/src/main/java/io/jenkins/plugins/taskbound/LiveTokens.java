// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * The tokens that blocks of this controller hold now, by handle. Gone with the process: a resumed block enters its
 * token again.
 */
@Extension
public final class LiveTokens {
    private final Map<String, LiveToken> alive = new ConcurrentHashMap<>();

    static LiveTokens get() {
        return ExtensionList.lookupSingleton(LiveTokens.class);
    }

    /** Starts the heartbeat where a lease runs. */
    void keep(LiveToken token) {
        alive.put(token.handle(), token);
        token.lease().ifPresent(lease -> beatLater(token, lease));
    }

    Optional<LiveToken> find(String handle) {
        return Optional.ofNullable(alive.get(handle));
    }

    void forget(LiveToken token) {
        alive.remove(token.handle(), token);
    }

    /** Jenkins' few timer threads only hand over: an issuer that is slow for one token delays nobody else. */
    private void beatLater(LiveToken token, Duration lease) {
        if (!token.isOver()) {
            Runnable soon = () -> inBackground(() -> beat(token, lease));
            Timer.get().schedule(soon, lease.toMillis() / 3, TimeUnit.MILLISECONDS);
        }
    }

    private void beat(LiveToken token, Duration lease) {
        try {
            token.beat(lease);
        } finally {
            beatLater(token, lease);
        }
    }

    static Future<?> inBackground(Runnable work) {
        return Computer.threadPoolForRemoting.submit(work);
    }
}
