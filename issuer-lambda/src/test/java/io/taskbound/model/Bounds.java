// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** The times of the model, in ticks of 30 s: what the clocks may differ by, and what the sweeper waits. */
final class Bounds {
    static final int LEASE = 2;
    static final int SKEW = 1;
    static final int GRACE = 1;
    /** So long is a lost answer given again. */
    static final int YOUNG = 1;
    /** No request is under way for longer. */
    static final int LONGEST_REQUEST = 1;
    /** So long after the latest expiry is looked at. */
    static final int AFTERWARDS = GRACE + SKEW + 1;

    static final int FOREVER = 100;
    /** So many uses an unlimited token remembers. */
    static final int REMEMBERED = 1;

    private Bounds() {}
}
