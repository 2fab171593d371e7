// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

/** A request is refused; the message becomes the one text in {@code errors}. */
final class BaoFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    BaoFault(int status, String error) {
        super(error);
        this.status = status;
    }

    static BaoFault badRequest(String error) {
        return new BaoFault(400, error);
    }

    /** As for an unknown token, a path that no policy names, and a mount that is not there. */
    static BaoFault denied() {
        return new BaoFault(403, "permission denied");
    }

    int status() {
        return status;
    }
}
