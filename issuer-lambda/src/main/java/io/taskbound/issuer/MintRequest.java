// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.dpop.ProofText;
import io.taskbound.identity.IdToken;
import io.taskbound.task.TaskRequest;
import io.taskbound.token.HolderChallenge;
import java.util.Optional;

/**
 * A well-formed token exchange (RFC 8693 section 2.1); nothing in it is verified.
 *
 * @param txn the client's id of this task instance, a UUID; without one a lost answer cannot be given again
 * @param challenge of the verifier that the client keeps; without one the lease cannot be renewed, nor a lost answer be
 *     given again
 * @param keyProof offers the key that the token is to be bound to (RFC 9449 section 5)
 * @param dryRun verify and decide, write and consume nothing
 */
public record MintRequest(
        IdToken proof,
        TaskRequest task,
        Optional<String> txn,
        Optional<HolderChallenge> challenge,
        Optional<ProofText> keyProof,
        boolean dryRun) {}
