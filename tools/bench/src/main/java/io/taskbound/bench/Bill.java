// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a million token lives cost, by part. */
final class Bill {
    private static final double MILLION = 1e6;
    private static final double KB_IN_GB = 1e6;
    private static final double BYTES_IN_GB = 1e9;

    private Bill() {}

    static String table(TokenLife life) {
        var kms = parts(life, SignerKind.KMS);
        var sealed = parts(life, SignerKind.SEALED);
        var text = new StringBuilder("| part | KMS signer | sealed signer |\n|---|---|---|\n");
        kms.forEach((part, price) -> text.append(row(part, price, sealed.getOrDefault(part, 0.0))));
        return text.append(row("**a million tokens**", sum(kms), sum(sealed))).toString();
    }

    private static String row(String part, double kms, double sealed) {
        return String.format(Locale.ROOT, "| %s | $%.2f | $%.2f |%n", part, kms, sealed);
    }

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Map<String, Double> parts(TokenLife life, SignerKind signer) {
        int requests = TokenLife.requestsOfALife();
        double seconds = Assumed.mint(signer) + (requests - 1) * Assumed.OTHER_REQUEST;
        var units = life.unitsOfALife();
        double logGb =
                MILLION * (life.auditBytesOfALife() + (double) requests * Assumed.LOG_BESIDES_AUDIT) / BYTES_IN_GB;
        double storedGb = MILLION * Assumed.RECORD_KB / KB_IN_GB;
        var parts = new LinkedHashMap<String, Double>();
        parts.put("KMS: one signature", signer == SignerKind.KMS ? MILLION * Price.KMS_SIGN : 0);
        parts.put("API Gateway: " + requests + " requests", MILLION * requests * Price.HTTP_API_REQUEST);
        parts.put(
                "Lambda: " + requests + " requests and their time",
                MILLION * (requests * Price.LAMBDA_REQUEST + seconds * Assumed.MEMORY_GB * Price.LAMBDA_GB_SECOND));
        parts.put(
                String.format(Locale.ROOT, "DynamoDB: %.0f write and %.0f read units", units.writes(), units.reads()),
                MILLION * (units.writes() * Price.DYNAMO_WRITE_UNIT + units.reads() * Price.DYNAMO_READ_UNIT));
        parts.put(
                "DynamoDB: records kept for 30 days, with recovery",
                storedGb * Assumed.RETENTION_MONTHS * (Price.DYNAMO_GB_MONTH + Price.DYNAMO_BACKUP_GB_MONTH));
        parts.put("Logs: written, kept for 400 days", logGb * (Price.LOG_GB + Assumed.LOG_MONTHS * Price.LOG_GB_MONTH));
        return parts;
    }
}
