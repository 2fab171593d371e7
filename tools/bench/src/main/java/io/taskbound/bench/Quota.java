// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/**
 * A limit of the cloud, per second; defaults of AWS's public pages for us-east-1, November 2026.
 *
 * @param adjustable whether AWS raises it when asked
 */
enum Quota {
    API("API Gateway: requests", 10_000, true),
    CONCURRENCY("Lambda: concurrent executions", 1_000, true),
    KMS_SIGN("KMS: ECC operations (KMS signer)", 1_000, true),
    TABLE_WRITES("DynamoDB: write units of the table", 40_000, true),
    TABLE_READS("DynamoDB: read units of the table", 40_000, true),
    DENY_HEAD("DynamoDB: reads of one deny head", 3_000, false),
    LISTING("DynamoDB: writes of one listing key", 1_000, false);

    private final String words;
    private final double limit;
    private final boolean adjustable;

    Quota(String words, double limit, boolean adjustable) {
        this.words = words;
        this.limit = limit;
        this.adjustable = adjustable;
    }

    String words() {
        return words;
    }

    double limit() {
        return limit;
    }

    boolean adjustable() {
        return adjustable;
    }
}
