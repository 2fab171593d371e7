// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.policy.Policy;

/** What was found in the place where policies are published. */
public sealed interface PolicyReading {
    /** A version that may be put in force. */
    record Good(Policy policy) implements PolicyReading {}

    /**
     * A version that must not be put in force.
     *
     * @param number the version's
     * @param why for the audit log
     */
    record Refused(long number, String why) implements PolicyReading {}

    /** Nothing was ever published. */
    record Absent() implements PolicyReading {}

    /** What is in force is the newest. */
    record Unchanged() implements PolicyReading {}
}
