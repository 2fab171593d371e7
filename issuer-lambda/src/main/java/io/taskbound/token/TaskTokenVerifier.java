// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.TokenType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether a presented text is a token that we signed. Everything else looks the same to the caller: forged,
 * foreign, malformed. Its claims are returned only after the signature was checked, except the {@code jti} of an
 * {@link UnverifiedToken}.
 */
public final class TaskTokenVerifier {
    /** Of ES256: r and s. */
    private static final int SIGNATURE_BYTES = 64;

    private final String issuer;
    private final Supplier<JsonObject> publicKeys;
    private final VerifiedTokenCache proven = new VerifiedTokenCache();
    private volatile Known known;

    /** @param verifiers by the one header text that we write for each key and type: anything else was not made here */
    private record Known(JsonObject publicKeys, Map<String, ECDSAVerifier> verifiers) {
        static Known of(JsonObject publicKeys) {
            return new Known(publicKeys, TaskTokenVerifier.verifiers(publicKeys));
        }
    }

    /**
     * @param issuer our own issuer URL
     * @param publicKeys gives the JWK Set of every key whose tokens may still live; the same object while nothing moved
     */
    public TaskTokenVerifier(String issuer, Supplier<JsonObject> publicKeys) {
        this.issuer = issuer;
        this.publicKeys = publicKeys;
        this.known = Known.of(publicKeys.get());
    }

    /** By keys that never move. */
    public TaskTokenVerifier(String issuer, JsonObject publicKeys) {
        this(issuer, () -> publicKeys);
    }

    /** The token, when we signed it; it may be long dead. Empty for everything else. */
    public Optional<PresentedToken> verify(String text) {
        return read(text).flatMap(UnverifiedToken::prove);
    }

    /** What has the form of a token of ours, its signature not yet looked at. */
    public Optional<UnverifiedToken> read(String text) {
        if (text.length() > TaskToken.MAX_LENGTH) {
            return Optional.empty();
        }
        int headerEnd = text.indexOf('.');
        int payloadEnd = text.lastIndexOf('.');
        if (headerEnd < 0 || payloadEnd == headerEnd) {
            return Optional.empty();
        }
        var signature = text.substring(payloadEnd + 1);
        var signed = text.substring(0, payloadEnd).getBytes(StandardCharsets.UTF_8);
        return Optional.ofNullable(verifiers().get(text.substring(0, headerEnd)))
                .filter(known -> isSignature(signature))
                .flatMap(verifier -> claims(text.substring(headerEnd + 1, payloadEnd))
                        .map(claimed ->
                                new UnverifiedToken(claimed, verifier, signed, signature, Sha256.of(text), proven)));
    }

    /** Strictly read, or one token would have many spellings. */
    private static boolean isSignature(String text) {
        return Base64Url.decode(text)
                .filter(bytes -> bytes.length == SIGNATURE_BYTES)
                .isPresent();
    }

    private Optional<PresentedToken> claims(String payload) {
        try {
            var claims = StrictJson.parseObject(Base64.getUrlDecoder().decode(payload));
            var expires = claims.wholeNumber("exp");
            var key = claims.object("cnf").flatMap(cnf -> cnf.string("jkt")).flatMap(KeyThumbprint::of);
            if (claims.has("cnf") != key.isPresent()) {
                return Optional.empty();
            }
            if (expires.isEmpty() || !claims.string("iss").equals(Optional.of(issuer))) {
                return Optional.empty();
            }
            return claims.string("jti")
                    .flatMap(Jti::parse)
                    .flatMap(jti -> claims.string("aud")
                            .flatMap(audience -> claims.array("authorization_details")
                                    .map(details -> new PresentedToken(
                                            jti, audience, details, Instant.ofEpochSecond(expires.getAsLong()), key))));
        } catch (MalformedJson | IllegalArgumentException | DateTimeException notOurForm) {
            return Optional.empty();
        }
    }

    /** Equal sets would do as well, but comparing them would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality")
    private Map<String, ECDSAVerifier> verifiers() {
        var set = publicKeys.get();
        var present = known;
        if (present.publicKeys() != set) {
            present = Known.of(set);
            known = present;
        }
        return present.verifiers();
    }

    private static Map<String, ECDSAVerifier> verifiers(JsonObject publicKeys) {
        var verifiers = new HashMap<String, ECDSAVerifier>();
        for (var key : publicKeys.array("keys").orElseThrow().items()) {
            try {
                var ecKey = PublicKeySet.key(key);
                var verifier = new ECDSAVerifier(ecKey);
                Es256Provider.serve(verifier.getJCAContext());
                Arrays.stream(TokenType.values())
                        .forEach(type -> verifiers.put(header(type, ecKey.getKeyID()), verifier));
            } catch (JOSEException everyJavaHasP256) {
                throw new IllegalStateException(everyJavaHasP256);
            }
        }
        return Map.copyOf(verifiers);
    }

    private static String header(TokenType type, String keyId) {
        var header = JsonText.of(TaskClaims.header(type, keyId)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header);
    }
}
