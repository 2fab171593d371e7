// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** The signing key is out of reach, so that nothing can be issued now (the issuer answers 503). */
public final class SignerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public SignerUnavailable(String what) {
        super(what);
    }

    public SignerUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
