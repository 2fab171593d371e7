// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.Extension;
import hudson.ExtensionList;
import io.taskbound.client.CloseOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens that blocks of this controller hold now. Gone with the process: a resumed block enters its token again.
 */
@Extension
public final class LiveTokens {
    private final Map<TokenKey, LiveToken> alive = new ConcurrentHashMap<>();

    static LiveTokens get() {
        return ExtensionList.lookupSingleton(LiveTokens.class);
    }

    /** Starts the heartbeat where a lease runs. */
    void keep(LiveToken token) {
        alive.put(token.key(), token);
        token.lease().ifPresent(lease -> beatLater(token, lease));
    }

    Optional<LiveToken> find(TokenKey key) {
        return Optional.ofNullable(alive.get(key));
    }

    /** Closes the token; forgets it once it is known to be dead. */
    CloseOutcome end(LiveToken token) {
        CloseOutcome outcome = token.end();
        if (outcome.match(closed -> true, already -> true, failed -> false)) {
            forget(token.key());
        }
        return outcome;
    }

    void forget(TokenKey key) {
        alive.remove(key);
    }

    private void beatLater(LiveToken token, Duration lease) {
        if (!token.isOver()) {
            Background.after(lease.dividedBy(3), () -> beat(token, lease));
        }
    }

    private void beat(LiveToken token, Duration lease) {
        try {
            token.beat(lease);
        } finally {
            beatLater(token, lease);
        }
    }
}
