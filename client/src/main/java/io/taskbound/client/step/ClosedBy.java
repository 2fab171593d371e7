// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

/** What ended a token that a wrapper held around a step. */
public enum ClosedBy {
    /** The step's own end, good or bad. */
    STEP("step", "step end"),
    /** A signal or an abort, while the step still ran. */
    CANCELLED("cancelled", "cancel"),
    /** A later clean-up, since the step's wrapper did not get to it. */
    POST("post", "post step"),
    /** A step of its own that was told the handle. */
    CLOSE("close", "close step");

    private final String wire;
    private final String words;

    ClosedBy(String wire, String words) {
        this.wire = wire;
        this.words = words;
    }

    /** The name in outputs and vectors. */
    public String wire() {
        return wire;
    }

    String words() {
        return words;
    }
}
