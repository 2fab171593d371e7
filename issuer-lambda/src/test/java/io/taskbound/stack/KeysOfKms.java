// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import com.sun.net.httpserver.HttpExchange;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keys with tags that answer as KMS does: real signatures; what is sealed opens again only under its own context. */
public final class KeysOfKms {
    public static final String ARN = "arn:aws:kms:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":key/";
    private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> tags = new ConcurrentHashMap<>();
    private final Map<String, Object> policies = new ConcurrentHashMap<>();
    private final Map<String, String> sealed = new ConcurrentHashMap<>();

    public String make(Map<String, String> tagged) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var arn = ARN + UUID.randomUUID();
            pairs.put(arn, generator.generateKeyPair());
            tags.put(arn, Map.copyOf(tagged));
            return arn;
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    /** Of keys that were made with one, by ARN; read as the template's own are. */
    public Map<String, Object> policies() {
        return Map.copyOf(policies);
    }

    private String make(JsonObject request) {
        var arn = make(tags(request));
        request.string("Policy").ifPresent(text -> policies.put(arn, StackTemplate.yaml(text)));
        return arn;
    }

    Map<String, String> tags(String arn) {
        return tags.getOrDefault(arn, Map.of());
    }

    static Map<String, String> tags(JsonObject request) {
        var found = new LinkedHashMap<String, String>();
        for (var tag : RecordedAws.array(request, "Tags")) {
            var pair = (JsonObject) tag;
            found.put(
                    pair.string("TagKey").orElseThrow(), pair.string("TagValue").orElseThrow());
        }
        return found;
    }

    void answer(HttpExchange exchange, String operation, JsonObject request) throws IOException {
        var octets = JsonText.of(answer(operation, request)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
    }

    private JsonObject answer(String operation, JsonObject request) {
        var arn = request.string("KeyId").orElse("");
        return switch (operation) {
            case "CreateKey" ->
                JsonObject.builder()
                        .put(
                                "KeyMetadata",
                                JsonObject.builder().put("Arn", make(request)).build())
                        .build();
            case "GetPublicKey" ->
                JsonObject.builder()
                        .put("KeySpec", "ECC_NIST_P256")
                        .put("KeyUsage", "SIGN_VERIFY")
                        .put("PublicKey", base64(pair(arn).getPublic().getEncoded()))
                        .build();
            case "Sign" ->
                JsonObject.builder()
                        .put("Signature", base64(sign(arn, request)))
                        .build();
            case "Encrypt" -> {
                var blob = base64(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
                sealed.put(blob + context(request), request.string("Plaintext").orElseThrow());
                yield JsonObject.builder().put("CiphertextBlob", blob).build();
            }
            case "GenerateDataKey" -> {
                var blob = base64(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
                var plain = base64(new byte[32]);
                sealed.put(blob + context(request), plain);
                yield JsonObject.builder()
                        .put("CiphertextBlob", blob)
                        .put("Plaintext", plain)
                        .build();
            }
            case "Decrypt" -> {
                var blob = request.string("CiphertextBlob").orElseThrow();
                var plain = sealed.get(blob + context(request));
                if (plain == null) {
                    throw new AssertionError("sealed under another context");
                }
                yield JsonObject.builder().put("Plaintext", plain).build();
            }
            case "ScheduleKeyDeletion" -> JsonObject.EMPTY;
            default -> throw new AssertionError("a call of KMS that no role names: " + operation);
        };
    }

    private static String context(JsonObject request) {
        return request.object("EncryptionContext").map(JsonText::canonical).orElse("");
    }

    private byte[] sign(String arn, JsonObject request) {
        try {
            var ecdsa = Signature.getInstance("NONEwithECDSA");
            ecdsa.initSign(pair(arn).getPrivate());
            ecdsa.update(Base64.getDecoder().decode(request.string("Message").orElseThrow()));
            return ecdsa.sign();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private KeyPair pair(String arn) {
        var pair = pairs.get(arn);
        if (pair == null) {
            throw new AssertionError("no such key: " + arn);
        }
        return pair;
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
