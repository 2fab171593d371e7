// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The four calls of KMS that signing needs, over HTTP on loopback, with a real key. What it has encrypted it keeps
 * itself, and gives back only under the same context. Can be as far away as KMS is.
 */
final class StandInKms implements AutoCloseable {
    static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    private final KeyPair keys;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> sealed = new ConcurrentHashMap<>();
    private volatile Duration distance = Duration.ZERO;

    StandInKms() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on each answer takes so much longer. */
    void moveAway(Duration distance) {
        this.distance = distance;
    }

    private void answer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = StrictJson.parseObject(exchange.getRequestBody().readAllBytes());
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var answer = JsonText.of(carryOut(target, request)).getBytes(StandardCharsets.UTF_8);
            if (!distance.isZero()) {
                Thread.sleep(distance.toMillis());
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (MalformedJson | GeneralSecurityException unexpected) {
            exchange.sendResponseHeaders(400, -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonObject carryOut(String target, JsonObject request) throws GeneralSecurityException {
        var answer = JsonObject.builder().put("KeyId", KEY);
        switch (target.substring(target.indexOf('.') + 1)) {
            case "GetPublicKey" ->
                answer.put("KeySpec", "ECC_NIST_P256")
                        .put("KeyUsage", "SIGN_VERIFY")
                        .put("PublicKey", BASE64.encodeToString(keys.getPublic().getEncoded()));
            case "Sign" -> answer.put("Signature", BASE64.encodeToString(sign(text(request, "Message"))));
            case "Encrypt" -> {
                var blob = BASE64.encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
                sealed.put(blob + context(request), text(request, "Plaintext"));
                answer.put("CiphertextBlob", blob);
            }
            case "Decrypt" -> {
                var plain = sealed.get(text(request, "CiphertextBlob") + context(request));
                if (plain == null) {
                    throw new GeneralSecurityException("not sealed here, or under another context");
                }
                answer.put("Plaintext", plain);
            }
            default -> throw new GeneralSecurityException("no call of a signer: " + target);
        }
        return answer.build();
    }

    private static String text(JsonObject request, String name) throws GeneralSecurityException {
        return request.string(name).orElseThrow(() -> new GeneralSecurityException(name + " is missing"));
    }

    private static String context(JsonObject request) {
        return request.object("EncryptionContext").map(JsonText::canonical).orElse("");
    }

    private byte[] sign(String digest) throws GeneralSecurityException {
        var ecdsa = Signature.getInstance("NONEwithECDSA");
        ecdsa.initSign(keys.getPrivate());
        ecdsa.update(Base64.getDecoder().decode(digest));
        return ecdsa.sign();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
