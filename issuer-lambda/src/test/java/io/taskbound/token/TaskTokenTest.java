// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.json.JsonText;
import io.taskbound.policy.TokenType;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTokenTest {
    private final LocalSigner signer = LocalSigner.generate();
    private final TaskTokenVerifier verifier = new TaskTokenVerifier(SampleClaims.ISSUER, signer.publicKeys());

    @Test
    void saysWhatTheContractSaysAndNothingMore() throws Exception {
        var jwt = SignedJWT.parse(sign(TokenType.AT_JWT));

        assertThat(jwt.getHeader().toJSONObject())
                .isEqualTo(Map.of("typ", "at+jwt", "alg", "ES256", "kid", signer.keyId()));
        var claims = jwt.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder(
                        "iss",
                        "aud",
                        "sub",
                        "client_id",
                        "iat",
                        "nbf",
                        "exp",
                        "jti",
                        "txn",
                        "act",
                        "started_by",
                        "authorization_details",
                        "policy",
                        "max_uses");
        assertThat(claims.getAudience()).containsExactly("https://signer.acme.example");
        assertThat(claims.getSubject()).isEqualTo("task:sign-release:github:repo:1001/2002");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(Instant.parse("2026-11-23T10:00:00Z")));
        assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(Instant.parse("2026-11-23T09:59:30Z")));
        assertThat(claims.getJSONObjectClaim("act"))
                .containsEntry("sub", "repo:acme/shop:ref:refs/heads/main")
                .containsEntry("iss", "https://token.actions.githubusercontent.com");
        assertThat(claims.getJSONObjectClaim("policy")).containsEntry("version", 3L);
    }

    @Test
    void isVerifiedByALibraryThatIsNotOurs() throws Exception {
        var keys = JWKSet.parse(JsonText.of(signer.publicKeys()));
        var jwt = SignedJWT.parse(sign(TokenType.JWT));
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();

        assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
        assertThat(key.isPrivate()).isFalse();
    }

    @Test
    void isRecognisedAsOurs() throws SignerUnavailable {
        for (var type : TokenType.values()) {
            var presented = verifier.verify(sign(type)).orElseThrow();
            assertThat(presented.jti()).isEqualTo(SampleClaims.JTI);
            assertThat(presented.audience()).isEqualTo("https://signer.acme.example");
            assertThat(presented.expires()).isEqualTo(Instant.parse("2026-11-23T10:10:00Z"));
        }
    }

    @Test
    void isNotOursWhenAnyPartIsChanged() throws SignerUnavailable {
        var token = sign(TokenType.AT_JWT);
        var parts = List.of(token.split("\\."));
        var none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"typ\":\"at+jwt\",\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(List.of(
                        "",
                        ".",
                        "..",
                        "...",
                        token + ".",
                        "." + token,
                        token + "=",
                        token + "A",
                        token + "\n",
                        " " + token,
                        parts.get(0) + "." + parts.get(1),
                        parts.get(0) + "." + parts.get(1) + ".",
                        none + "." + parts.get(1) + ".",
                        none + "." + parts.get(1) + "." + parts.get(2),
                        parts.get(0) + "." + parts.get(1) + "." + "A".repeat(86),
                        parts.get(0) + "." + parts.get(1).substring(1) + "." + parts.get(2),
                        parts.get(0) + "." + parts.get(1) + "=." + parts.get(2),
                        "x".repeat(20_000),
                        ".".repeat(1_000)))
                .allSatisfy(text -> assertThat(verifier.verify(text)).isEmpty());
    }

    /** It is read before its signature is checked, so that whatever it says must be an answer and never a fault. */
    @Test
    void isNotOursWhateverAForgerWritesAsItsExpiry() throws Exception {
        var parts = List.of(sign(TokenType.AT_JWT).split("\\."));
        var payload = new String(Base64.getUrlDecoder().decode(parts.get(1)), java.nio.charset.StandardCharsets.UTF_8);
        for (var expiry : List.of("9223372036854775807", "-9223372036854775808", "1e18", "1e60", "0.5", "null")) {
            var forged = payload.replaceFirst("\"exp\":\\d+", "\"exp\":" + expiry);
            var text = parts.get(0)
                    + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(forged.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    + "."
                    + parts.get(2);

            assertThat(forged).isNotEqualTo(payload);
            assertThat(verifier.verify(text)).isEmpty();
        }
    }

    @Test
    void hasOneSpellingOnly() throws SignerUnavailable {
        var token = sign(TokenType.AT_JWT);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // 64 bytes leave four unused bits in the last character: other spellings of the same signature
        char last = token.charAt(token.length() - 1);
        var other = token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);

        assertThat(verifier.verify(other)).isEmpty();
    }

    @Test
    void isNotOursUnderAnotherKeyOrIssuer() throws SignerUnavailable {
        var token = sign(TokenType.AT_JWT);

        assertThat(new TaskTokenVerifier(
                                SampleClaims.ISSUER, LocalSigner.generate().publicKeys())
                        .verify(token))
                .isEmpty();
        assertThat(new TaskTokenVerifier("https://other.example", signer.publicKeys()).verify(token))
                .isEmpty();
    }

    @Test
    void namesItsRecordBeforeItIsProvenAndNothingElse() throws SignerUnavailable {
        var token = sign(TokenType.AT_JWT);
        var forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);

        var unproven = verifier.read(forged).orElseThrow();

        assertThat(unproven.jti())
                .isEqualTo(verifier.verify(token).orElseThrow().jti());
        assertThat(unproven.prove()).isEmpty();
        assertThat(unproven).hasToString("UnverifiedToken[secret]");
    }

    @Test
    void keepsItsSubjectWithin127AsciiCharacters() throws ParseException, JOSEException, SignerUnavailable {
        for (var subject : List.of("x".repeat(200), "https://ci.example/job/größe/", "a b")) {
            var claims = SampleClaims.of(TokenType.AT_JWT, SampleClaims.ISSUER, subject);
            assertThat(claims.subject())
                    .startsWith("task:sign-release:github:h-")
                    .hasSizeLessThanOrEqualTo(127)
                    .matches("[!-~]+");
        }
        var fits = SampleClaims.of(TokenType.AT_JWT, SampleClaims.ISSUER, "x".repeat(102));
        assertThat(fits.subject()).hasSize(127).doesNotContain("h-");
        var tooLong = SampleClaims.of(TokenType.AT_JWT, SampleClaims.ISSUER, "x".repeat(103));
        assertThat(tooLong.subject()).contains(":h-");
    }

    @Test
    void hashesASubjectThatSpellsTheHashOfAnother() throws Exception {
        var hashed =
                SampleClaims.of(TokenType.AT_JWT, SampleClaims.ISSUER, "a b").subject();
        var spelt = hashed.substring(hashed.indexOf("h-"));

        assertThat(SampleClaims.of(TokenType.AT_JWT, SampleClaims.ISSUER, spelt).subject())
                .isNotEqualTo(hashed)
                .contains(":h-");
    }

    private String sign(TokenType type) throws SignerUnavailable {
        return TaskToken.sign(SampleClaims.of(type), signer).reveal();
    }
}
