// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How Lambda starts this instance, by its own word in {@code AWS_LAMBDA_INITIALIZATION_TYPE}. */
enum InitializationType {
    /** For itself: what it loads at its start stays in it. */
    ON_DEMAND,
    /**
     * A snapshot may be made of it: nothing may be in it that must not be kept. So is a start of which nothing is
     * known.
     */
    FOR_SNAPSHOT;

    private static final Set<String> WITHOUT_SNAPSHOT = Set.of("on-demand", "provisioned-concurrency");

    /** Whether Lambda says that it makes a snapshot: then time is free, and otherwise somebody may be waiting. */
    static boolean saysSnapshot(Map<String, String> environment) {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    static InitializationType of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))
                .filter(WITHOUT_SNAPSHOT::contains)
                .map(known -> ON_DEMAND)
                .orElse(FOR_SNAPSHOT);
    }
}
