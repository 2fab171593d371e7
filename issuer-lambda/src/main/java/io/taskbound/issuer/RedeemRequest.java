// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.task.Identifier;
import java.util.Optional;

/**
 * What a resource server is about to do for the holder of a token.
 *
 * @param useId the server's own name for this use, so that a retry after a lost answer counts once; without it every
 *     call is a use
 */
public record RedeemRequest(PresentedText token, String action, Identifier identifier, Optional<String> useId) {}
