// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

/** The server behind the gateway did not answer, or not as the protocol wants. The message is for the operator. */
public final class UpstreamFault extends Exception {
    private static final long serialVersionUID = 1L;

    UpstreamFault(String what) {
        super(what);
    }

    /** One sentence for the operator; no secret is in it. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
