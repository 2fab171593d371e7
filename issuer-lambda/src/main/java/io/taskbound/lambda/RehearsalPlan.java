// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.time.Duration;

/**
 * What a {@link Rehearsal} has in common with the function that it is for, so that the compilers see the code that will
 * run, and how long it may take.
 *
 * @param signer who signs
 * @param published whether the policy is followed in the table
 * @param metered whether metrics are written
 * @param atMost it ends then, quiet or not; zero for none at all
 */
record RehearsalPlan(SignerKind signer, boolean published, boolean metered, Duration atMost) {
    /** Lambda allows a start for a snapshot 130 s. */
    static final Duration LONGEST = Duration.ofSeconds(90);

    /** A JVM option, {@code -Dtaskbound.rehearsal.seconds=10}, for another limit: 0 to that of {@link #LONGEST}. */
    private static final String SECONDS = "taskbound.rehearsal.seconds";

    /** None. */
    static final RehearsalPlan NONE = new RehearsalPlan(SignerKind.KMS, false, false, Duration.ZERO);

    static RehearsalPlan of(Settings settings) {
        return new RehearsalPlan(
                settings.signer(),
                settings.policyFile().isEmpty(),
                settings.metrics().isPresent(),
                atMost(Integer.getInteger(SECONDS, (int) LONGEST.toSeconds())));
    }

    private static Duration atMost(int seconds) {
        return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST.toSeconds())));
    }
}
