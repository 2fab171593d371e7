// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.rules.MappedUse;
import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.client.ActiveToken;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway is told, and why. It holds no token.
 *
 * @param result {@code allowed}, {@code open} or {@code refused}
 * @param reason one word of a bounded set
 * @param message for the caller
 * @param headers of the answer
 * @param target of the original request, where it could be read
 * @param use where a rule was found
 * @param token where it was used
 * @param operator for the log alone
 */
record Decision(
        int status,
        String result,
        String reason,
        String message,
        Map<String, String> headers,
        Optional<RequestTarget> target,
        Optional<MappedUse> use,
        Optional<ActiveToken> token,
        Optional<String> operator) {
    private static final int FORBIDDEN = 403;
    private static final int OK = 200;

    Decision {
        headers = Map.copyOf(headers);
    }

    /** Refused before any rule was found: 403, since some gateways know no other status for it. */
    static Decision odd(String reason, String sentence, Optional<RequestTarget> target) {
        return new Decision(
                FORBIDDEN,
                "refused",
                reason,
                "Refused: " + sentence + ".",
                Map.of(),
                target,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Decision open(RequestTarget target) {
        return new Decision(
                OK,
                "open",
                "open",
                "",
                Map.of(),
                Optional.of(target),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Decision allowed(RequestTarget target, MappedUse use, ActiveToken token, Map<String, String> headers) {
        return new Decision(
                OK,
                "allowed",
                "allowed",
                "",
                headers,
                Optional.of(target),
                Optional.of(use),
                Optional.of(token),
                Optional.empty());
    }
}
