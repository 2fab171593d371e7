// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import io.taskbound.client.ActiveToken;
import java.util.Map;
import java.util.Optional;

/**
 * What a service does with a request: the task, or a refusal with its status and header fields.
 * docs/resource-servers.md has the table.
 */
public sealed interface Verdict {
    /** Do the task; the use is counted. */
    record Allowed(ActiveToken token) implements Verdict {}

    /**
     * Do not.
     *
     * @param status 401, 403, 409 or 503
     * @param reason one word of a bounded set, for logs and metrics: {@code no_token}, {@code malformed},
     *     {@code invalid_token}, {@code expired}, {@code closed}, {@code lapsed}, {@code window}, {@code spent},
     *     {@code not_permitted}, {@code repeat}, {@code invalid_dpop_proof}, {@code use_dpop_nonce},
     *     {@code misconfigured}, {@code unavailable}
     * @param message for the caller, one sentence; tells nothing of the policy
     * @param headers to be set on the answer: {@code WWW-Authenticate}, {@code DPoP-Nonce}, {@code Retry-After}
     * @param operator for the service's own log where it is the service's fault or an outage; never for the caller
     */
    record Refused(int status, String reason, String message, Map<String, String> headers, Optional<String> operator)
            implements Verdict {
        public Refused {
            headers = Map.copyOf(headers);
        }
    }
}
