// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.keys;

import io.taskbound.cli.cloud.OpenTable;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeySchedule;
import java.time.Duration;
import java.util.Optional;

/**
 * Changes the keys of one table: in an AWS account the rotation function does it, on this machine the command itself.
 */
interface KeyChanges extends AutoCloseable {

    /**
     * How a change ended.
     *
     * @param made id of the key that was made
     * @param wasDone whether it had been done before, so that nothing was changed
     */
    record Change(Optional<String> made, boolean wasDone) {
        static Change made(String keyId) {
            return new Change(Optional.of(keyId), false);
        }

        static Change removed() {
            return new Change(Optional.empty(), false);
        }

        static Change nothing() {
            return new Change(Optional.empty(), true);
        }
    }

    /** @param where how the table was named: its stack names the function too */
    static KeyChanges open(OpenTable table, TableOptions where, SignerOptions options, CommandContext context)
            throws Complaint {
        var function = options.function(where, context);
        if (function.isPresent()) {
            return RotationFunction.open(function.get(), table);
        }
        if (!table.cloud().isLoopback()) {
            throw Complaint.usage(
                    "The rotation function is not named; in an AWS account it alone changes signing keys.",
                    "Name the stack with --stack or the function with --function, or set TASKBOUND_STACK or"
                            + " TASKBOUND_ROTATION_FUNCTION.");
        }
        return OwnKeyChanges.open(table, options, context);
    }

    /** The keys as they are now. */
    static KeySchedule known(OpenTable table) {
        return new KeyStore(new DynamoTable(table.client(), table.name())).schedule();
    }

    /** Makes the next key. */
    Change rotate(Duration publishFor) throws Complaint;

    /** Where the key is in its life; empty when there is none with this id. */
    Optional<KeyPhase> phase(String keyId) throws Complaint;

    /** Takes a key out at once. */
    Change retire(String keyId) throws Complaint;

    @Override
    void close();
}
