// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.task.Identifier;
import java.util.Optional;

/**
 * Whether the holder of a token may do one thing, as a policy enforcement point asks it. Any texts: what cannot be a
 * task's action or target is permitted to nobody.
 *
 * @param subjectId the token's handle, so that whoever asks and whoever answers mean the same token
 * @param token absent where the subject is something else
 * @param useId the server's own name for this use, which is counted once; without it none is counted
 * @param proof that came with the token, of the key that it is bound to
 */
public record EvaluationRequest(
        String subjectId,
        Optional<PresentedText> token,
        String action,
        String resourceType,
        String resourceId,
        Optional<String> useId,
        Optional<PresentedProof> proof) {
    private static final String ANY_TARGET = "target";

    /** The target meant; empty where the resource is none, or says that it is of another type than its id is. */
    Optional<Identifier> target() {
        int colon = resourceId.indexOf(':');
        boolean fits =
                resourceType.equals(ANY_TARGET) || (colon > 0 && resourceType.equals(resourceId.substring(0, colon)));
        return fits ? Identifier.of(resourceId) : Optional.empty();
    }

    @Override
    public String toString() {
        return "EvaluationRequest[" + subjectId + "]";
    }
}
