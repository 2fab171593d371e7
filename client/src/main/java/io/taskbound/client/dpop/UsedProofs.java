// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The proofs of the last 90 seconds, so that each is used once (RFC 9449 section 11.1). In the memory of this process
 * alone, and bounded: when it is full, no proof is good until the oldest one is too old anyway.
 */
final class UsedProofs {
    private final int most;
    private final Duration kept;
    private final Set<Name> names = new HashSet<>();
    private final Queue<Used> oldestFirst = new ArrayDeque<>();

    /** @param kept at least as long as a proof is neither too old nor from the future */
    UsedProofs(int most, Duration kept) {
        this.most = most;
        this.kept = kept;
    }

    private record Name(String thumbprint, String id) {}

    private record Used(Name name, Instant at) {}

    synchronized Optional<ProofFault> use(Proof proof, Instant now) {
        forgetThoseBefore(now.minus(kept));
        var name = new Name(proof.thumbprint(), proof.id());
        if (names.contains(name)) {
            return Optional.of(ProofFault.REPLAYED);
        }
        if (names.size() >= most) {
            return Optional.of(ProofFault.TOO_MANY);
        }
        names.add(name);
        oldestFirst.add(new Used(name, now));
        return Optional.empty();
    }

    private void forgetThoseBefore(Instant limit) {
        var oldest = oldestFirst.peek();
        while (oldest != null && oldest.at().isBefore(limit)) {
            names.remove(oldest.name());
            oldestFirst.remove();
            oldest = oldestFirst.peek();
        }
    }
}
