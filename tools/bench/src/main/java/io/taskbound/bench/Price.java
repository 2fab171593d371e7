// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/**
 * List prices in US dollars, Region us-east-1, as AWS's public pages gave them in November 2026; without free tiers and
 * discounts. Yours may differ: change them here and run tools/bench/capacity again.
 */
final class Price {
    static final double HTTP_API_REQUEST = 1.00 / 1e6;
    static final double LAMBDA_REQUEST = 0.20 / 1e6;
    /** arm64; SnapStart costs nothing more for Java. */
    static final double LAMBDA_GB_SECOND = 0.0000133334;

    static final double DYNAMO_WRITE_UNIT = 0.625 / 1e6;
    static final double DYNAMO_READ_UNIT = 0.125 / 1e6;
    static final double DYNAMO_GB_MONTH = 0.25;
    /** Point-in-time recovery. */
    static final double DYNAMO_BACKUP_GB_MONTH = 0.20;

    /** ECC_NIST_P256; a symmetric request costs a fifth. */
    static final double KMS_SIGN = 0.15 / 1e4;

    static final double LOG_GB = 0.50;
    static final double LOG_GB_MONTH = 0.03;

    private Price() {}
}
