// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Loopback;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code serve} was told; checked, so that no setting fails later than at start. */
record ServeSettings(
        Optional<Path> policy,
        int port,
        Optional<Path> data,
        Optional<String> issuerUrl,
        Optional<Path> audit,
        TableOptions table,
        boolean policyOfTable,
        Optional<String> policyKey,
        boolean dev) {
    private static final int LAST_PORT = 65_535;

    ServeSettings checked() throws Complaint {
        if (policy.isEmpty() && !policyOfTable && !dev) {
            throw Complaint.usage(
                    "No policy given; without one nothing is issued.",
                    "Name a file or folder with --policy PATH, or try it with --dev.");
        }
        requireWhereThePolicyIs();
        if (port < 0 || port > LAST_PORT) {
            throw Complaint.usage("Port " + port + " does not exist.", "Use 1 to 65535, or 0 for a free one.");
        }
        if (!table.isTyped() && table.anythingButTheTable()) {
            throw Complaint.usage(
                    "--endpoint-url, --region and --create-table say where a table is, but no table is given.",
                    "Name it with --table NAME or --stack NAME, or leave them out: the ledger is then inside this process.");
        }
        if (table.isTyped() && data.isEmpty()) {
            throw Complaint.usage(
                    "The ledger of that table is in DynamoDB, but the signing key needs a place too.",
                    "Name a folder for it with --data DIR.");
        }
        if (table.isTyped() && dev && !table.isOnThisMachine()) {
            throw Complaint.usage(
                    "--dev trusts a stand-in provider, so its tokens must not reach a real table.",
                    "Leave out --dev, or --table and --stack; or name a loopback --endpoint-url, such as that of `taskbound dev"
                            + " dynamodb`.");
        }
        if (dev && issuerUrl.isPresent()) {
            Loopback.loopbackIssuerUrl(issuerUrl.get());
        }
        return issuerUrl.isEmpty() ? this : withIssuerUrl(Loopback.issuerUrl(issuerUrl.get()));
    }

    private void requireWhereThePolicyIs() throws Complaint {
        if (policyOfTable && (policy.isPresent() || !table.isTyped())) {
            throw Complaint.usage(
                    "--policy-from-table uses the policy published in the issuer's table.",
                    "Name the table with --table NAME or its stack with --stack NAME, and leave out --policy.");
        }
        if (policyOfTable && dev) {
            throw Complaint.usage(
                    "--dev adds a stand-in provider to a policy read from files; the table's policy does not know it.",
                    "Leave out --policy-from-table, or --dev.");
        }
        if (policyKey.isPresent() && !policyOfTable) {
            throw Complaint.usage(
                    "--policy-key checks a policy published in a table; a file has no signature.",
                    "Add --policy-from-table, or leave it out.");
        }
    }

    private ServeSettings withIssuerUrl(String url) {
        return new ServeSettings(policy, port, data, Optional.of(url), audit, table, policyOfTable, policyKey, dev);
    }
}
