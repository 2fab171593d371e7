// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.LedgerUnavailable;

/** What a person is told when the table does not answer as it should. */
final class OnTable {
    private OnTable() {}

    static Complaint unreachable(LedgerUnavailable unknown) {
        return Complaint.refused(
                "The table did not do it, or what it holds cannot be read: " + unknown.getMessage() + ".",
                "Check that your AWS credentials may read and write its POLICY items, and look with `taskbound policy log`"
                        + " what is in force; then try again.");
    }
}
