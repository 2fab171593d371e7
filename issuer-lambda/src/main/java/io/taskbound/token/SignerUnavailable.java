// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** The signing key cannot be used, so nothing can be issued now (the issuer answers 503). */
public final class SignerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;
    private final Why why;

    /** What an administrator has to look at. */
    public enum Why {
        OUT_OF_REACH,
        ABSENT,
        /** Or waiting to be deleted. */
        DISABLED,
        WRONG_KIND
    }

    public SignerUnavailable(String what) {
        this(Why.OUT_OF_REACH, what);
    }

    public SignerUnavailable(Why why, String what) {
        super(what);
        this.why = why;
    }

    public SignerUnavailable(String what, Throwable cause) {
        this(Why.OUT_OF_REACH, what, cause);
    }

    public SignerUnavailable(Why why, String what, Throwable cause) {
        super(what, cause);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
