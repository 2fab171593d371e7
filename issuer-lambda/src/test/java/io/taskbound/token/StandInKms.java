// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Speaks the two KMS calls of the signer over real HTTP with a real key, because KMS itself cannot be had here. */
public final class StandInKms implements AutoCloseable {
    public static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private final HttpServer server;
    private final KeyPair keys;
    private final AtomicInteger given = new AtomicInteger();
    public volatile String keySpec = "ECC_NIST_P256";
    public volatile boolean down;
    public volatile boolean disabled;

    public StandInKms() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    KmsClient client() {
        return KmsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(Apache5HttpClient.create())
                .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofSeconds(5)))
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        try {
            var operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var request = StrictJson.parseObject(body);
            if (down || disabled) {
                send(exchange, down ? 500 : 400, fault(down ? "KMSInternalException" : "DisabledException"));
            } else {
                send(exchange, 200, carryOut(operation, request));
            }
        } catch (MalformedJson | GeneralSecurityException broken) {
            send(exchange, 400, fault("ValidationException"));
        }
    }

    /** How often the public half was handed out. */
    public int publicKeysGiven() {
        return given.get();
    }

    private JsonObject carryOut(String operation, JsonObject request) throws GeneralSecurityException {
        if (!request.string("KeyId").orElse("").equals(KEY)) {
            throw new GeneralSecurityException("unknown key");
        }
        if (operation.equals("TrentService.GetPublicKey")) {
            given.incrementAndGet();
        }
        return switch (operation) {
            case "TrentService.GetPublicKey" ->
                JsonObject.builder()
                        .put("KeyId", KEY)
                        .put("KeySpec", keySpec)
                        .put("KeyUsage", "SIGN_VERIFY")
                        .put(
                                "PublicKey",
                                Base64.getEncoder()
                                        .encodeToString(keys.getPublic().getEncoded()))
                        .build();
            case "TrentService.Sign" ->
                JsonObject.builder()
                        .put("KeyId", KEY)
                        .put("Signature", Base64.getEncoder().encodeToString(sign(request)))
                        .build();
            default -> throw new GeneralSecurityException("unknown operation");
        };
    }

    private byte[] sign(JsonObject request) throws GeneralSecurityException {
        if (!request.string("MessageType").orElse("").equals("DIGEST")
                || !request.string("SigningAlgorithm").orElse("").equals("ECDSA_SHA_256")) {
            throw new GeneralSecurityException("other parameters than KMS wants for a digest");
        }
        var ecdsa = Signature.getInstance("NONEwithECDSA");
        ecdsa.initSign(keys.getPrivate());
        ecdsa.update(Base64.getDecoder().decode(request.string("Message").orElseThrow()));
        return ecdsa.sign();
    }

    private static JsonObject fault(String type) {
        return JsonObject.builder().put("__type", type).build();
    }

    private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
        var bytes = JsonText.of(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
