// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

class InMemoryKeyProofsTest extends KeyProofsContract {
    private static final KeyProofs PROOFS = new InMemoryKeyProofs();

    @Override
    KeyProofs proofs() {
        return PROOFS;
    }

    @Override
    KeyProofs anotherIssuer() {
        return PROOFS;
    }
}
