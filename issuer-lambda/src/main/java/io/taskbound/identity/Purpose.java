// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.Optional;

/** What an ID token is presented for; this decides whether its age counts and which audiences are accepted. */
public sealed interface Purpose {

    /**
     * To get a task token: the provider's {@code max_age} applies. Where the profile lets the audience carry the task
     * instance, {@code <audience>#<txn>} is accepted only for this {@code txn}.
     */
    record Exchange(Optional<String> txn) implements Purpose {}

    /** To close tokens of its own run: any age while unexpired, and any UUID after {@code <audience>#}. */
    record Closing() implements Purpose {}
}
