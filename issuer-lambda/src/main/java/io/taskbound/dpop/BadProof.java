// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import java.util.function.Function;

/**
 * Which rule a proof breaks.
 *
 * @param what goes on after "the DPoP proof"; repeats nothing of the proof
 */
public record BadProof(ProofRule rule, String what) implements ReadProof {
    @Override
    public <T> T match(Function<Proof, T> good, Function<BadProof, T> bad) {
        return bad.apply(this);
    }
}
