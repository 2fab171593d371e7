// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.Refusal;

/** What the log says where the words of the other wrappers would speak of a command: here it is a block. */
final class BlockText {
    private BlockText() {}

    static String wouldGrant() {
        return "taskbound: a dry run: this would be granted. Nothing was issued and the block was not run.";
    }

    static String lost(String handle, Refusal refusal) {
        return "taskbound: the issuer says that the token is dead while the block is still running (" + refusal.code()
                + "): " + handle;
    }
}
