// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;

/** A receipt as somebody reads it who has none of our code: the JDK checks the signature, by the published keys. */
public final class OpenedReceipt {
    private OpenedReceipt() {}

    /** The statement, once its signature is checked. */
    public static JsonObject statement(JsonObject envelope, JsonObject publishedKeys) {
        try {
            var payload = Base64.getDecoder().decode(envelope.string("payload").orElseThrow());
            var signature = (JsonObject)
                    envelope.array("signatures").orElseThrow().items().get(0);
            var check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key(publishedKeys, signature.string("keyid").orElseThrow()));
            check.update(("DSSEv1 28 application/vnd.in-toto+json " + payload.length + " ").getBytes(UTF_8));
            check.update(payload);
            if (!check.verify(Base64.getDecoder().decode(signature.string("sig").orElseThrow()))) {
                throw new AssertionError("the signature does not verify");
            }
            return StrictJson.parseObject(payload);
        } catch (GeneralSecurityException | MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    public static JsonObject predicate(JsonObject envelope, JsonObject publishedKeys) {
        return statement(envelope, publishedKeys).object("predicate").orElseThrow();
    }

    private static PublicKey key(JsonObject publishedKeys, String keyId) {
        try {
            return JWKSet.parse(JsonText.of(publishedKeys))
                    .getKeyByKeyId(keyId)
                    .toECKey()
                    .toECPublicKey();
        } catch (ParseException | JOSEException broken) {
            throw new AssertionError(broken);
        }
    }
}
