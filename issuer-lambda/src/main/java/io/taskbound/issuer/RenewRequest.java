// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.token.HolderVerifier;

/**
 * A well-formed heartbeat; nothing in it is verified.
 *
 * @param verifier what the holder alone knows, and a copy of the token does not tell
 */
public record RenewRequest(PresentedText token, HolderVerifier verifier) {}
