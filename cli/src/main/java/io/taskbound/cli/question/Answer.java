// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.credential.Access;
import io.taskbound.credential.NotDeliverable;
import io.taskbound.policy.Permitted;
import io.taskbound.policy.WhoCan;
import io.taskbound.task.Permission;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a rule permits, and why there is still no credential for it where its service can give none that narrow. */
record Answer(Permitted permitted, Optional<String> undeliverable) {

    Answer(Permitted permitted, WhoCan.Question question) {
        this(permitted, undeliverable(permitted, question));
    }

    boolean isDeliverable() {
        return undeliverable.isEmpty();
    }

    private static Optional<String> undeliverable(Permitted permitted, WhoCan.Question question) {
        var delivery = permitted.server().delivery();
        if (delivery.isEmpty()) {
            return Optional.empty();
        }
        var wanted = new Permission(
                new TreeSet<>(Set.of(question.action())), permitted.server().audience(), question.identifier());
        try {
            Access.of(delivery.get(), List.of(wanted));
            return Optional.empty();
        } catch (NotDeliverable why) {
            return Optional.of(Objects.requireNonNull(why.getMessage()));
        }
    }
}
