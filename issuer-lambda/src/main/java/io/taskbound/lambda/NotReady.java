// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

/** A component of the issuer cannot be had now; the next request tries again. */
final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;
    private final Missing missing;

    NotReady(Missing missing) {
        super(missing.word(), null, false, false);
        this.missing = missing;
    }

    Missing missing() {
        return missing;
    }
}
