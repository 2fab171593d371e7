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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Speaks the KMS calls of the signer and of data keys over real HTTP with real keys, because KMS itself cannot be had
 * here. What it seals opens only under the same context.
 */
public final class StandInKms implements AutoCloseable {
    public static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    /** Of an App: spec RSA_2048, made at its first use. */
    public static final String APP_KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab";

    private final HttpServer server;
    private final KeyPair keys;
    private volatile Optional<KeyPair> appKeys = Optional.empty();
    private final SecureRandom random = new SecureRandom();
    private final byte[] sealingKey = random.generateSeed(32);
    private final AtomicInteger given = new AtomicInteger();
    public volatile int dataKeyBytes = 32;
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

    public KmsClient client() {
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
        } catch (AEADBadTagException sealedOtherwise) {
            send(exchange, 400, fault("InvalidCiphertextException"));
        } catch (MalformedJson | GeneralSecurityException broken) {
            send(exchange, 400, fault("ValidationException"));
        }
    }

    /** How often the public half was handed out. */
    public int publicKeysGiven() {
        return given.get();
    }

    private JsonObject carryOut(String operation, JsonObject request) throws GeneralSecurityException {
        var key = request.string("KeyId").orElse("");
        if (key.equals(APP_KEY) && operation.equals("TrentService.Sign")) {
            return JsonObject.builder()
                    .put("KeyId", APP_KEY)
                    .put("Signature", Base64.getEncoder().encodeToString(signForAnApp(request)))
                    .build();
        }
        if (!key.equals(KEY)) {
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
            case "TrentService.GenerateDataKey" -> dataKey(request);
            case "TrentService.Encrypt" ->
                JsonObject.builder()
                        .put("KeyId", KEY)
                        .put("CiphertextBlob", Base64.getEncoder().encodeToString(sealed(plaintext(request), request)))
                        .build();
            case "TrentService.Decrypt" ->
                JsonObject.builder()
                        .put("KeyId", KEY)
                        .put("Plaintext", Base64.getEncoder().encodeToString(opened(request)))
                        .build();
            default -> throw new GeneralSecurityException("unknown operation");
        };
    }

    private JsonObject dataKey(JsonObject request) throws GeneralSecurityException {
        if (!request.string("KeySpec").orElse("").equals("AES_256")) {
            throw new GeneralSecurityException("another kind of data key than was asked for so far");
        }
        var plain = new byte[dataKeyBytes];
        random.nextBytes(plain);
        var blob = sealed(plain, request);
        return JsonObject.builder()
                .put("KeyId", KEY)
                .put("Plaintext", Base64.getEncoder().encodeToString(plain))
                .put("CiphertextBlob", Base64.getEncoder().encodeToString(blob))
                .build();
    }

    /** KMS itself encrypts no more than this. */
    private static byte[] plaintext(JsonObject request) throws GeneralSecurityException {
        var plain = Base64.getDecoder().decode(request.string("Plaintext").orElseThrow());
        if (plain.length > 4096) {
            throw new GeneralSecurityException("too long");
        }
        return plain;
    }

    private byte[] sealed(byte[] plain, JsonObject request) throws GeneralSecurityException {
        var nonce = new byte[12];
        random.nextBytes(nonce);
        return ByteBuffer.allocate(nonce.length + plain.length + 16)
                .put(nonce)
                .put(sealing(Cipher.ENCRYPT_MODE, nonce, request).doFinal(plain))
                .array();
    }

    private byte[] opened(JsonObject request) throws GeneralSecurityException {
        var blob = Base64.getDecoder().decode(request.string("CiphertextBlob").orElseThrow());
        if (blob.length < 12) {
            throw new AEADBadTagException("too short");
        }
        return sealing(Cipher.DECRYPT_MODE, Arrays.copyOf(blob, 12), request).doFinal(blob, 12, blob.length - 12);
    }

    private Cipher sealing(int mode, byte[] nonce, JsonObject request) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(sealingKey, "AES"), new GCMParameterSpec(128, nonce));
        var context = new TreeMap<>(
                request.object("EncryptionContext").orElse(JsonObject.EMPTY).members());
        cipher.updateAAD(context.toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
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

    /** The key pair behind {@link #APP_KEY}. */
    public synchronized KeyPair appKeys() throws GeneralSecurityException {
        if (appKeys.isEmpty()) {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            appKeys = Optional.of(generator.generateKeyPair());
        }
        return appKeys.get();
    }

    private byte[] signForAnApp(JsonObject request) throws GeneralSecurityException {
        if (!request.string("MessageType").orElse("").equals("DIGEST")
                || !request.string("SigningAlgorithm").orElse("").equals("RSASSA_PKCS1_V1_5_SHA_256")) {
            throw new GeneralSecurityException("other parameters than KMS wants for a digest");
        }
        // The name of the digest before it, as PKCS #1 v1.5 has it.
        var name = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
        var rsa = Signature.getInstance("NONEwithRSA");
        rsa.initSign(appKeys().getPrivate());
        rsa.update(name);
        rsa.update(Base64.getDecoder().decode(request.string("Message").orElseThrow()));
        return rsa.sign();
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
