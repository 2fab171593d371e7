// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.TaskToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A key pair of this process that a token is bound to (RFC 9449). It never leaves the process: there is no way to read
 * the private key, and {@link #toString} shows the thumbprint alone. Whoever copies the token without it has nothing.
 * Thread-safe.
 */
public final class ProofKey {
    private static final int ID_BYTES = 16;

    private final ECKey key;
    private final String thumbprint;
    private final ECDSASigner signer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Optional<String> nonce = Optional.empty();

    private ProofKey(ECKey key, Clock clock) throws JOSEException {
        this.key = key;
        this.thumbprint = key.computeThumbprint().toString();
        this.signer = new ECDSASigner(key);
        this.clock = clock;
    }

    /** A new key on P-256. */
    public static ProofKey create() {
        return create(Settings.clock());
    }

    /** @param clock for the {@code iat} of proofs */
    public static ProofKey create(Clock clock) {
        try {
            return new ProofKey(new ECKeyGenerator(Curve.P_256).generate(), clock);
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }

    /** What the token carries as {@code cnf.jkt}: the SHA-256 thumbprint of the public key (RFC 7638). */
    public String thumbprint() {
        return thumbprint;
    }

    /** The nonce that the issuer gave last, with the token or a heartbeat; it lasts some minutes. */
    public Optional<String> lastNonce() {
        return nonce;
    }

    /** Remembers a nonce that came with an answer. */
    public void heard(String value) {
        nonce = Optional.of(value);
    }

    /**
     * A proof for asking for a token (RFC 9449 section 4.2), good for one request.
     *
     * @param nonce that the issuer gave last
     */
    public String proof(String method, URI url, Optional<String> nonce) {
        return signed(claims(method, url, nonce));
    }

    /**
     * A proof for using a token (RFC 9449 section 7), good for one request.
     *
     * @param nonce that the server gave last, or the issuer
     */
    public String proof(String method, URI url, Optional<String> nonce, TaskToken token) {
        var claims = claims(method, url, nonce);
        claims.put("ath", hash(token.reveal()));
        return signed(claims);
    }

    private Map<String, Object> claims(String method, URI url, Optional<String> nonce) {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", Base64URL.encode(id).toString());
        claims.put("htm", method);
        claims.put("htu", withoutQuery(url));
        claims.put("iat", clock.instant().getEpochSecond());
        nonce.ifPresent(value -> claims.put("nonce", value));
        return claims;
    }

    private static String withoutQuery(URI url) {
        var text = url.toString();
        int end = text.indexOf('?') >= 0 ? text.indexOf('?') : text.indexOf('#');
        return end < 0 ? text : text.substring(0, end);
    }

    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(digest).toString();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private String signed(Map<String, Object> claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        var proof = new JWSObject(header, new Payload(claims));
        try {
            proof.sign(signer);
        } catch (JOSEException withAGoodKey) {
            throw new IllegalStateException(withAGoodKey);
        }
        return proof.serialize();
    }

    @Override
    public String toString() {
        return "ProofKey[" + thumbprint + "]";
    }
}
