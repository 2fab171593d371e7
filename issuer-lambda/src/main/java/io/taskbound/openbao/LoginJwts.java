// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskClaims;
import java.time.Duration;
import java.time.Instant;

/**
 * JWTs (RFC 7519) that the issuer logs in with; nobody else ever has one. They are signed by the key of task tokens,
 * which OpenBao finds by the issuer's discovery document. Two things keep them apart from task tokens: they have no
 * {@code authorization_details}, without which nothing is a task token, and they have {@code purpose}, without which no
 * role logs anybody in that is set up as docs/credentials-openbao.md says.
 */
final class LoginJwts {
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int JTI_BYTES = 16;
    /** For logins that hand a token to a step. */
    static final String STEP = "step";
    /** For logins that look tokens up and revoke them. */
    static final String REVOKE = "revoke";

    private final String issuer;
    private final SigningKeys keys;

    /** @param issuer {@code iss}, the issuer's own URL */
    LoginJwts(String issuer, SigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /** For the token that a step gets. Every claim is a text, so that a role can map each into metadata. */
    String forStep(OpenbaoAccess access, CredentialOrder order) throws SignerUnavailable {
        var requester = order.requester();
        var identifier = access.identifier().value();
        var claims = claims(
                        access.server().audience(),
                        TaskClaims.subject(order.task(), requester.provider(), requester.stableSubject()),
                        STEP,
                        order.now())
                .put("task", order.task().value())
                .put("action", access.action())
                .put("identifier", identifier)
                .put("path", identifier.substring(identifier.indexOf(':') + 1))
                // Joined by a sign that none of them has, so that two grants are never one entity.
                .put("entity", order.task() + "|" + access.action() + "|" + identifier)
                .put("provider", requester.provider().value())
                .putIfPresent("project", requester.projectId())
                .put("run", requester.run())
                .put("handle", order.handle().toString());
        return sign(claims.build());
    }

    /** For the issuer's own requests about tokens that it has handed out. */
    String forRevoking(String audience, Instant now) throws SignerUnavailable {
        return sign(claims(audience, "taskbound:revoke", REVOKE, now).build());
    }

    private JsonObject.Builder claims(String audience, String subject, String purpose, Instant now) {
        return JsonObject.builder()
                .put("iss", issuer)
                .put("aud", audience)
                .put("sub", subject)
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("jti", Base64Url.random(JTI_BYTES))
                .put("purpose", purpose);
    }

    private String sign(JsonObject claims) throws SignerUnavailable {
        var key = keys.signing();
        var header = JsonObject.builder()
                .put("typ", "JWT")
                .put("alg", "ES256")
                .put("kid", key.keyId())
                .build();
        var input = encoded(header) + "." + encoded(claims);
        return input + "." + Base64Url.encode(key.sign(input.getBytes(UTF_8)));
    }

    private static String encoded(JsonObject json) {
        return Base64Url.encode(JsonText.of(json).getBytes(UTF_8));
    }
}
