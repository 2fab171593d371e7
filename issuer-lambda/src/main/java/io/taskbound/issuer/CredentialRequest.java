// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.token.HolderVerifier;

/**
 * A well-formed request for a foreign service's credential; nothing in it is verified.
 *
 * @param verifier what the holder alone knows, and neither a thief nor the wrapped command
 * @param fixed whether nothing will fetch it again, so that it must live as long as the token
 */
public record CredentialRequest(PresentedText token, HolderVerifier verifier, boolean fixed) {}
