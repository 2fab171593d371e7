// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

/** A part of the issuer cannot be had now; the next request tries again. */
final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;
    private final Missing lack;

    NotReady(Missing lack) {
        super(lack.word(), null, false, false);
        this.lack = lack;
    }

    Missing lack() {
        return lack;
    }
}
