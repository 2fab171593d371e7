// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The signer of a {@link Rehearsal} of a mint: opened when it signs, which is the last thing that a mint does. So all before
 * is played while other threads make the clients that the function will use.
 */
record LateSigner(Supplier<KmsClient> kms, String keyArn) implements TaskSigner {
    @Override
    public String keyId() {
        return "rehearsal";
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        return KmsSigner.open(kms.get(), keyArn).sign(signingInput);
    }

    /** None: nobody looks whether the token is good. */
    @Override
    public JsonObject publicKeys() {
        return JsonObject.builder().put("keys", JsonArray.EMPTY).build();
    }
}
