// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.LedgerUnavailable;

/** What a person is told when the table does not answer as it should. */
final class OnTable {
    private OnTable() {}

    static Complaint unreachable(LedgerUnavailable unknown) {
        return Complaint.refused(
                "The table could not be changed or read: " + unknown.getMessage() + ".",
                "Check that your AWS credentials may read and write its POLICY items, see with `taskbound"
                        + " policy log` which version is in force, and try again.");
    }
}
