// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

/** Of RFC 9110. */
final class Answers {
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int NOT_MODIFIED = 304;

    private Answers() {}

    /** Whatever was asked for. */
    static boolean haveNoBody(int status) {
        return status == NO_CONTENT || status == RESET_CONTENT || status == NOT_MODIFIED;
    }
}
