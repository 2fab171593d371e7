// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import java.util.regex.Pattern;

/** The forms of a map's texts; contract/mcp.schema.json has the same. */
final class MapForm {
    static final int MAX_TEXT = 512;

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,63}";

    /**
     * An https URL in small letters, or http on this machine: it is compared, never taken apart, so there is one way to
     * write it.
     */
    static final Pattern URL = Pattern.compile("(https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"
            + "|http://(127\\.0\\.0\\.1|localhost|\\[::1\\]))(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*");

    /** The same with a host of its own network in plain http, and with any path. */
    static final Pattern SERVER_URL = Pattern.compile(
            "https?://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\\[::1\\])(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~/-]*)?");

    /** What the MCP specification allows, and a slash, which some servers use. */
    static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_./-]{1,128}");

    static final Pattern ARGUMENT = Pattern.compile(NAME);

    static final Pattern ACTION = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    static final Pattern IDENTIFIER = Pattern.compile("([A-Za-z0-9._~@+=,/:-]|\\{" + NAME + "\\})+");

    static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Not those that HTTP itself is made of. */
    static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    private MapForm() {}
}
