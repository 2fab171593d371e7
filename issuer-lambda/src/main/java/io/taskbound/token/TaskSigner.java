// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonObject;

/**
 * One key that signs task tokens (ES256, RFC 7518 section 3.4), wherever it is kept. By itself, it is also a set of
 * keys that never changes. Safe for use by many threads.
 */
public interface TaskSigner extends SigningKeys {

    /** The key's {@code kid}: its RFC 7638 thumbprint. */
    String keyId();

    /**
     * Signs the JWS signing input (RFC 7515 section 5.1) with ECDSA over P-256 and SHA-256.
     *
     * @return R and S, 32 bytes each, as JWS requires them (RFC 7518 section 3.4), not the DER form
     */
    byte[] sign(byte[] signingInput) throws SignerUnavailable;

    /** A JWK Set (RFC 7517 section 5) of this one public key. */
    JsonObject publicKeys();

    @Override
    default TaskSigner signing() {
        return this;
    }

    @Override
    default JsonObject published() {
        return publicKeys();
    }
}
