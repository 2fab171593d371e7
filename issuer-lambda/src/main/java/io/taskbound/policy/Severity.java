// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** An error keeps the whole policy from loading; a warning is advice. */
public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String wire;

    Severity(String wire) {
        this.wire = wire;
    }

    /** As {@code policy check --json} names it. */
    public String wire() {
        return wire;
    }
}
