// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session that {@link StandInSts} has given.
 *
 * @param by the principal that asked for it
 * @param policy the session policy, as it was sent
 */
public record GrantedSession(
        String roleArn,
        String by,
        String sessionName,
        Optional<String> sourceIdentity,
        Map<String, String> tags,
        Optional<String> policy,
        Instant expiration) {
    public GrantedSession {
        tags = Map.copyOf(tags);
    }
}
