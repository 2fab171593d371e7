// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.regex.Pattern;

/** The forms of a rule's texts, as contract/guard.schema.json has them. */
final class RuleForm {
    static final Pattern PUBLIC_URL = Pattern.compile("https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?"
            + "|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[1-9][0-9]{0,4})?");

    static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    static final Pattern ACTION = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final String VARIABLE = "[a-z][a-z0-9_]{0,31}";
    /** No segment ends with a dot. */
    private static final String SEGMENT = "[A-Za-z0-9._~@+=,:-]*[A-Za-z0-9_~@+=,:-]";

    static final Pattern VARIABLE_NAME = Pattern.compile(VARIABLE);

    static final Pattern PATH =
            Pattern.compile("(/(" + SEGMENT + "|\\{" + VARIABLE + "\\}))*(/(\\{" + VARIABLE + "\\.\\.\\.\\})?)?");

    static final Pattern OPEN_PATH = Pattern.compile("(/" + SEGMENT + ")*/?");

    static final Pattern IDENTIFIER = Pattern.compile("([A-Za-z0-9._~@+=,/:-]|\\{" + VARIABLE + "\\})+");

    static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private RuleForm() {}
}
