// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.credential.Access;
import io.taskbound.credential.NotDeliverable;
import io.taskbound.policy.Explanation;
import io.taskbound.policy.KeyProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a policy says of a request, and whether a credential can be that, where its resource server is of a kind. */
public final class ExplainedMint {
    private final Explanation explanation;
    private final Optional<String> undeliverable;

    public ExplainedMint(Explanation explanation) {
        this.explanation = explanation;
        this.undeliverable = explanation.wanted().flatMap(ExplainedMint::undeliverable);
    }

    /** By a rule, and by its service. */
    public boolean allowed() {
        return explanation.allowed() && undeliverable.isEmpty();
    }

    public List<String> lines() {
        var lines = new ArrayList<>(explanation.lines());
        undeliverable.ifPresent(why -> {
            lines.set(0, "REFUSED  " + explanation.task() + "  a rule allows it, but " + why);
        });
        explanation
                .wanted()
                .filter(wanted -> undeliverable.isEmpty())
                .flatMap(wanted -> wanted.server().delivery())
                .ifPresent(delivery -> lines.add("  the step fetches a credential of kind " + delivery.kind()));
        explanation
                .wanted()
                .filter(wanted -> undeliverable.isEmpty())
                .flatMap(wanted -> bound(wanted.server().proof()))
                .ifPresent(lines::add);
        return lines;
    }

    private static Optional<String> bound(KeyProof proof) {
        return switch (proof) {
            case NONE -> Optional.empty();
            case OPTIONAL -> Optional.of("  the token is bound to a key if the step offers one (run --inject does)");
            case REQUIRED -> Optional.of("  the token is bound to a key: the step must offer one (run --inject does)");
        };
    }

    public Explanation explanation() {
        return explanation;
    }

    /** Whether a rule allows it, and no credential of the service is exactly that. */
    public boolean isUndeliverable() {
        return undeliverable.isPresent();
    }

    private static Optional<String> undeliverable(Explanation.Wanted wanted) {
        if (wanted.server().delivery().isEmpty()) {
            return Optional.empty();
        }
        try {
            Access.of(wanted.server().delivery().get(), wanted.permissions());
            return Optional.empty();
        } catch (NotDeliverable why) {
            return Optional.of(Objects.requireNonNull(why.getMessage()));
        }
    }
}
