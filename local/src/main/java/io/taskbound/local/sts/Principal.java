// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import java.time.Instant;
import java.util.Optional;

/**
 * Whom a key belongs to.
 *
 * @param token what must come along with a session's key
 * @param expiration when a session's key stops working
 */
record Principal(String arn, String secret, Optional<String> token, Optional<Instant> expiration) {
    boolean isRole() {
        return arn.contains(":assumed-role/");
    }

    /** The role's own ARN, as trust policies write it. */
    String asTrusted() {
        return isRole()
                ? arn.replaceFirst(":sts::", ":iam::").replaceFirst(":assumed-role/([^/]+)/.*", ":role/$1")
                : arn;
    }

    @Override
    public String toString() {
        return arn;
    }
}
