// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

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
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** Speaks the KMS calls of an import, and unwraps what is imported as KMS documents it; its key then signs. */
final class ImportingKms implements AutoCloseable {
    static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/0a0a0a0a-12ab-34cd-56ef-1234567890ab";
    private static final int WRAPPED_AES_BYTES = 512;

    final List<String> operations = new CopyOnWriteArrayList<>();
    volatile String refused = "";
    private volatile Optional<PrivateKey> imported = Optional.empty();
    private volatile JsonObject created = JsonObject.EMPTY;
    /** One for all: a key of this length takes seconds to make. */
    private static final KeyPair WRAPPING = longKey();

    private final HttpServer server;

    private static KeyPair longKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(4096);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasRsa) {
            throw new IllegalStateException(everyJavaHasRsa);
        }
    }

    ImportingKms() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    KmsClient client() {
        return KmsClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    JsonObject created() {
        return created;
    }

    /** Signs from then on, whatever is imported. */
    void have(PrivateKey other) {
        imported = Optional.of(other);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("TrentService.", "");
        operations.add(operation);
        try {
            var request = StrictJson.parseObject(exchange.getRequestBody().readAllBytes());
            if (operation.equals(refused)) {
                throw new GeneralSecurityException("refused");
            }
            send(exchange, 200, carryOut(operation, request));
        } catch (MalformedJson | GeneralSecurityException e) {
            send(
                    exchange,
                    400,
                    JsonObject.builder().put("__type", "ValidationException").build());
        }
    }

    private JsonObject carryOut(String operation, JsonObject request) throws GeneralSecurityException {
        return switch (operation) {
            case "CreateKey" -> {
                created = request;
                yield JsonObject.builder()
                        .put(
                                "KeyMetadata",
                                JsonObject.builder()
                                        .put("KeyId", ARN)
                                        .put("Arn", ARN)
                                        .build())
                        .build();
            }
            case "GetParametersForImport" -> {
                require(request, "WrappingAlgorithm", "RSA_AES_KEY_WRAP_SHA_256");
                require(request, "WrappingKeySpec", "RSA_4096");
                yield JsonObject.builder()
                        .put("KeyId", ARN)
                        .put("ImportToken", "dG9rZW4=")
                        .put("PublicKey", base64(WRAPPING.getPublic().getEncoded()))
                        .build();
            }
            case "ImportKeyMaterial" -> {
                require(request, "ImportToken", "dG9rZW4=");
                require(request, "ExpirationModel", "KEY_MATERIAL_DOES_NOT_EXPIRE");
                var key = unwrapped(request);
                imported = imported.or(() -> Optional.of(key));
                yield JsonObject.EMPTY;
            }
            case "Sign" ->
                JsonObject.builder().put("Signature", base64(sign(request))).build();
            case "ScheduleKeyDeletion" -> JsonObject.builder().put("KeyId", ARN).build();
            default -> throw new GeneralSecurityException("unknown operation");
        };
    }

    private static void require(JsonObject request, String member, String value) throws GeneralSecurityException {
        if (!request.string(member).orElse("").equals(value)) {
            throw new GeneralSecurityException(member);
        }
    }

    private PrivateKey unwrapped(JsonObject request) throws GeneralSecurityException {
        var material = Base64.getDecoder()
                .decode(request.string("EncryptedKeyMaterial").orElseThrow());
        var rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.DECRYPT_MODE,
                WRAPPING.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        var aes = rsa.doFinal(material, 0, WRAPPED_AES_BYTES);
        var unwrap = Cipher.getInstance("AES/KWP/NoPadding");
        unwrap.init(Cipher.UNWRAP_MODE, new SecretKeySpec(aes, "AES"));
        return (PrivateKey) unwrap.unwrap(
                Arrays.copyOfRange(material, WRAPPED_AES_BYTES, material.length), "RSA", Cipher.PRIVATE_KEY);
    }

    private byte[] sign(JsonObject request) throws GeneralSecurityException {
        require(request, "SigningAlgorithm", "RSASSA_PKCS1_V1_5_SHA_256");
        require(request, "MessageType", "DIGEST");
        var rsa = Signature.getInstance("NONEwithRSA");
        rsa.initSign(imported.orElseThrow(() -> new GeneralSecurityException("no material")));
        // The name of the digest before it, as PKCS #1 v1.5 has it.
        rsa.update(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));
        rsa.update(Base64.getDecoder().decode(request.string("Message").orElseThrow()));
        return rsa.sign();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
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
