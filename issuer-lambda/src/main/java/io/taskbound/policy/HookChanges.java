// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.Optional;

/**
 * Who may say that a run has ended. A hook lets nobody in: it only ends tokens. Whoever loses one leaves tokens alive
 * for longer, so that is wider; whoever gets one can end tokens of others, so a reviewer sees that too.
 */
final class HookChanges {
    private HookChanges() {}

    static void compare(Optional<Hook> before, Optional<Hook> after, Noted noted) {
        if (before.isPresent() && after.isPresent()) {
            noted.step(
                    0,
                    "provider",
                    before.get().provider().name().toString(),
                    after.get().provider().name().toString());
            noted.step(1, "bound to", before.get().bound(), after.get().bound());
        } else if (after.isPresent()) {
            noted.narrower("is new: provider " + after.get().provider().name() + ", "
                    + after.get().bound() + "; it ends their tokens");
        } else {
            noted.wider("is gone: the end of a job or run no longer ends its tokens");
        }
    }
}
