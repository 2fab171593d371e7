// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** A pattern in a policy cannot be read; {@code what} says why and the remedy what to write. */
final class BadPattern extends Exception {
    private static final long serialVersionUID = 1L;
    private final String what;
    private final String remedy;

    BadPattern(String what, String remedy) {
        super(what);
        this.what = what;
        this.remedy = remedy;
    }

    String what() {
        return what;
    }

    String remedy() {
        return remedy;
    }
}
