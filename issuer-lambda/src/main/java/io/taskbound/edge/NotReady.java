// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

/** A part of the issuer cannot be had now; the next request tries again. */
final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;
    private final Lack lack;

    NotReady(Lack lack) {
        super(lack.word(), null, false, false);
        this.lack = lack;
    }

    Lack lack() {
        return lack;
    }
}
