// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import java.util.function.Function;

/** What became of reading a proof. */
public sealed interface ReadProof permits Proof, BadProof {
    /** One function for each alternative. */
    <T> T match(Function<Proof, T> good, Function<BadProof, T> bad);
}
