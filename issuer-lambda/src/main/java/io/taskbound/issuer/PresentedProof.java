// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.dpop.ProofText;
import io.taskbound.dpop.RequestUrl;

/**
 * A proof of the token's key as a resource server received it, with the request that it came in.
 *
 * @param method of that request
 * @param url of that request, as the server knows its own public URL
 */
public record PresentedProof(ProofText proof, String method, RequestUrl url) {}
