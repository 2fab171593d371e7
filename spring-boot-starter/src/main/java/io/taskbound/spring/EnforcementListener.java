// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

/** Hears of every decision. */
@FunctionalInterface
interface EnforcementListener {
    /**
     * @param reason {@code allowed}, or the refusal's one word of a bounded set
     * @param nanos how long it took, with the issuer's answer
     */
    void decided(String reason, int status, long nanos);

    /** Both, one after the other. */
    default EnforcementListener and(EnforcementListener other) {
        return (reason, status, nanos) -> {
            decided(reason, status, nanos);
            other.decided(reason, status, nanos);
        };
    }
}
