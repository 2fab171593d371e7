// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.receipt.ReceiptApproval;
import io.taskbound.client.receipt.ReceiptEnd;
import io.taskbound.client.receipt.VerifiedReceipt;
import io.taskbound.client.step.ReceiptText;
import java.time.Instant;
import java.util.stream.Collectors;

/** What the build's page says of a receipt, in a few words. The times are beside them. */
final class ReceiptWords {
    private ReceiptWords() {}

    static String of(VerifiedReceipt receipt) {
        return receipt.end().map(end -> end(receipt, end)).orElse("not ended") + "; " + uses(receipt.useCount())
                + receipt.approval().map(ReceiptWords::approvers).orElse("");
    }

    /** Whoever chose that name must not make the page say another one. */
    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    private static String approvers(ReceiptApproval approval) {
        return approval.decisions().stream()
                .filter(decision -> decision.decision().equals("approve"))
                .map(decision -> printable(decision.name()))
                .collect(Collectors.joining(", ", "; approved by ", ""));
    }

    /** A token that was dead before somebody closed it ended by the clock, whoever closed it later. */
    private static String end(VerifiedReceipt receipt, ReceiptEnd end) {
        String cause = ReceiptText.cause(end);
        return end.deadSince()
                .map(dead -> deadBefore(receipt, dead) + ", and " + cause + " afterwards")
                .orElse(cause);
    }

    private static String deadBefore(VerifiedReceipt receipt, Instant dead) {
        if (dead.isBefore(receipt.expires())) {
            return "lapsed";
        }
        return receipt.expiresWithItsWindow() ? "its change window ended" : "expired";
    }

    private static String uses(long count) {
        return count == 0 ? "never redeemed" : "redeemed " + count + (count == 1 ? " time" : " times");
    }
}
