// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** The private RSA key of an App of another service, which signs what that service knows the App by. */
@FunctionalInterface
public interface AppSigner {
    /** RSASSA-PKCS1-v1_5 with SHA-256: the signature of a JWT with {@code alg} RS256. */
    byte[] sign(byte[] signingInput) throws SignerUnavailable;
}
