// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/**
 * What cannot be measured without an account of AWS: said here and in docs/operations.md, so that whoever has one can
 * put the true figures in.
 */
final class Assumed {
    /** The function's memory, GB. */
    static final double MEMORY_GB = 1.0;
    /** Seconds that a mint runs with the key in KMS: one Sign beside two DynamoDB requests, and our own work. */
    static final double MINT_KMS = 0.030;

    static final double MINT_SEALED = 0.015;
    /** One or two DynamoDB requests. */
    static final double OTHER_REQUEST = 0.012;

    /** A run of the sweeper that finds nothing: 64 queries, eight at once. */
    static final double SWEEP_RUN = 0.100;
    /** A token that it ends or finds renewed: one write, eight at once, and its part of the reads. */
    static final double SWEEP_TOKEN = 0.002;

    /** What API Gateway's access log and Lambda's own lines add to a request, bytes. */
    static final int LOG_BESIDES_AUDIT = 700;

    /** A record with its keys in both indexes, KB, kept for the retention of 30 days. */
    static final double RECORD_KB = 1.5;

    static final double RETENTION_MONTHS = 1.0;
    /** The audit log's retention of 400 days; logs are stored compressed, to about a sixth. */
    static final double LOG_MONTHS = 13.0 / 6;

    private Assumed() {}

    static double mint(SignerKind signer) {
        return signer == SignerKind.KMS ? MINT_KMS : MINT_SEALED;
    }
}
