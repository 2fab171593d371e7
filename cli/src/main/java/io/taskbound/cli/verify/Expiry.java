// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.JwtText;
import java.time.Duration;
import java.time.Instant;

/** Where now lies in a token's life, by its own claims. */
final class Expiry {
    private Expiry() {}

    static Finding of(JwtText said, Instant now) {
        var exp = said.claims().wholeNumber("exp");
        if (exp.isEmpty()) {
            return Finding.against("time", "it has no expiry");
        }
        long left = exp.getAsLong() - now.getEpochSecond();
        // At exp it is dead: RFC 7519 section 4.1.4 says "on or after".
        return left > 0
                ? Finding.good("time", "expires in " + words(left))
                : Finding.against("time", "expired " + words(-left) + " ago");
    }

    static String words(long seconds) {
        var time = Duration.ofSeconds(seconds);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min " + time.toSecondsPart() + " s" : seconds + " s";
    }
}
