// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names one ID token permanently without containing any of it. Made from issuer and {@code header.payload}, never from
 * the signature, which may have several spellings (threat model R16).
 *
 * @param runKey base64url of the first 16 bytes of SHA-256 over issuer, line feed and run
 * @param proofKey base64url of the first 24 bytes of SHA-256 over issuer, line feed and {@code header.payload}
 * @param sha256Hex that second hash whole, for the audit log
 */
public record ProofKeys(String runKey, String proofKey, String sha256Hex) {
    private static final int RUN_OCTETS = 16;
    private static final int PROOF_OCTETS = 24;

    public ProofKeys {
        require(Base64Url.decode(runKey).filter(key -> key.length == RUN_OCTETS).isPresent(), "runKey");
        require(
                Base64Url.decode(proofKey)
                        .filter(key -> key.length == PROOF_OCTETS)
                        .isPresent(),
                "proofKey");
        require(sha256Hex.length() == 64, "sha256Hex");
    }

    static byte[] digest(String issuer, byte[] signingInput) {
        return Sha256.of(issuer + '\n', signingInput);
    }

    static String proofKey(byte[] digest) {
        return Base64Url.encode(Arrays.copyOf(digest, PROOF_OCTETS));
    }

    static ProofKeys of(byte[] digest, Caller caller) {
        return new ProofKeys(
                runKey(caller.issuer(), caller.run()),
                proofKey(digest),
                HexFormat.of().formatHex(digest));
    }

    /**
     * The {@link #runKey} of every ID token of this run.
     *
     * @param run as {@link Caller#run} names it
     */
    public static String runKey(String issuer, String run) {
        return Base64Url.encode(Arrays.copyOf(digest(issuer, run.getBytes(UTF_8)), RUN_OCTETS));
    }

    private static void require(boolean holds, String component) {
        if (!holds) {
            throw new IllegalArgumentException(component + " has not the length that it must have");
        }
    }
}
