// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.json.JsonObject;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;

/** A signer that is away for as long as a vector says so. */
final class FaultySigner implements TaskSigner {
    private final TaskSigner real;
    private boolean away;

    FaultySigner(TaskSigner real) {
        this.real = real;
    }

    void becomeAway(boolean away) {
        this.away = away;
    }

    @Override
    public String keyId() {
        return real.keyId();
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        if (away) {
            throw new SignerUnavailable("away, as the vector says");
        }
        return real.sign(signingInput);
    }

    @Override
    public JsonObject publicKeys() {
        return real.publicKeys();
    }
}
