// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.hook.HookSecret;
import io.taskbound.task.HookName;
import io.taskbound.token.SignerUnavailable;
import java.time.Instant;
import java.util.List;

/** Where the secrets of hooks come from. */
@FunctionalInterface
public interface HookSecrets {
    /** For an issuer without hooks: every delivery is refused. */
    HookSecrets NONE = (hook, now) -> List.of();

    /**
     * The active secrets of a hook; none where nobody has made one.
     *
     * @throws SignerUnavailable when KMS does not open them
     * @throws io.taskbound.ledger.LedgerUnavailable when they cannot be read
     */
    List<HookSecret> active(HookName hook, Instant now) throws SignerUnavailable;
}
