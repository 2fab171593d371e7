// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ApprovalId;
import io.taskbound.identity.IdToken;
import java.util.Optional;

/**
 * An approver's request; nothing in it is verified.
 *
 * @param proof the approver's ID token
 * @param decision what is decided; without one, the request is only shown
 */
public record ApprovalRequest(ApprovalId id, IdToken proof, Optional<Decided> decision) {
    /** As long as a comment may be, in characters. */
    public static final int LONGEST_COMMENT = 200;

    /**
     * A decision.
     *
     * @param approve or deny
     * @param shown hash of the text that the approver was shown
     * @param comment one line, printable
     */
    public record Decided(boolean approve, String shown, Optional<String> comment) {}
}
