// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.util.regex.Pattern;

/** The names of the environment variables through which a block finds its token. */
final class VariableName {
    static final String TOKEN = "TASKBOUND_TOKEN";
    static final String TOKEN_FILE = "TASKBOUND_TOKEN_FILE";
    static final String HEADER_FILE = "TASKBOUND_HEADER_FILE";
    static final String HANDLE = "TASKBOUND_HANDLE";
    /** What is wrong with a name that is not allowed. */
    static final String NOT_ALLOWED = "variable must consist of letters, digits and _, must not begin with a digit, and"
            + " must not be " + HEADER_FILE + " or " + HANDLE + ", which the block gets anyway";

    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private VariableName() {}

    static boolean isAllowed(String name) {
        return FORM.matcher(name).matches() && !name.equals(HEADER_FILE) && !name.equals(HANDLE);
    }
}
