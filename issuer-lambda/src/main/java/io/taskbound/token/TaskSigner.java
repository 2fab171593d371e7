// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonObject;

/** The key that signs task tokens (ES256, RFC 7518 section 3.4), wherever it is kept. Safe for use by many threads. */
public interface TaskSigner {

    /** The {@code kid} of the key that signs now: its RFC 7638 thumbprint. */
    String keyId();

    /**
     * Signs the JWS signing input (RFC 7515 section 5.1) with ECDSA over P-256 and SHA-256.
     *
     * @return R and S, 32 octets each, as JWS wants them (RFC 7518 section 3.4), not the DER form
     */
    byte[] sign(byte[] signingInput) throws SignerUnavailable;

    /** The JWK Set to publish (RFC 7517 section 5): every public key whose tokens may still live. */
    JsonObject publicKeys();
}
