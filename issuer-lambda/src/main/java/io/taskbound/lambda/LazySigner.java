// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;

/**
 * The signer of a {@link WarmUp} of a mint: opened when it signs, which is the last thing that a mint does. So all
 * before is played while other threads make the clients that the function will use.
 */
record LazySigner(Component<TaskSigner> signer) implements TaskSigner {
    @Override
    public String keyId() {
        return "rehearsal";
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        try {
            return signer.open().sign(signingInput);
        } catch (NotReady outOfReach) {
            throw new SignerUnavailable("no key to rehearse with", outOfReach);
        }
    }

    /** None: nobody checks whether the token is good. */
    @Override
    public JsonObject publicKeys() {
        return JsonObject.builder().put("keys", JsonArray.EMPTY).build();
    }
}
