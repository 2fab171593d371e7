// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.Refusal;
import java.util.TreeSet;

/** What the log says where the words of the other wrappers would speak of a command: here it is a block. */
final class BlockText {
    private BlockText() {}

    static String wouldGrant() {
        return "taskbound: a dry run: this would be granted. Nothing was issued and the block was not run.";
    }

    static String masking(Delivery delivery) {
        return "taskbound: masking the token in this block; " + delivery.place();
    }

    static String masking(BlockSecrets credential) {
        return "taskbound: masking the credential in this block; it is in "
                + String.join(", ", new TreeSet<>(credential.sensitive()));
    }

    static String lost(String handle, Refusal refusal) {
        return "taskbound: the issuer says that the token is dead while the block is still running (" + refusal.code()
                + "): " + handle;
    }
}
