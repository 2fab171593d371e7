// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

/** Hears how the heartbeat goes, on the heartbeat's thread. What it throws is ignored. */
@FunctionalInterface
public interface LeaseListener {
    /** The token is dead while its holder still works: stop the work. Called once; the heartbeat has ended. */
    void lost(Refusal refusal);

    /** A beat was answered: the lease starts again. The next one waits until this returns. */
    default void renewed() {}

    /** A beat got no answer; the next one follows by itself. */
    default void missed(Outage outage) {}

    /** For holders that only want the token closed. */
    static LeaseListener ignoring() {
        return refusal -> {};
    }
}
