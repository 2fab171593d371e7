// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** Checks the JWT by which an App proves itself, with GitHub's refusals. */
final class AppProof {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final World world;

    AppProof(World world) {
        this.world = world;
    }

    /** An App, or the answer to who is none. */
    record Outcome(Optional<StandInApp> app, Answer refusal) {}

    Outcome check(Asked asked) {
        try {
            var jwt = SignedJWT.parse(asked.token().orElse(""));
            var claims = jwt.getJWTClaimsSet();
            var app = Optional.ofNullable(claims.getIssuer()).flatMap(world::app);
            if (app.isEmpty()) {
                return refused(404, "Integration not found");
            }
            if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    || !jwt.verify(new RSASSAVerifier((RSAPublicKey) app.get().publicKey()))) {
                return undecodable();
            }
            var wrong = wrongTime(claims.getIssueTime(), claims.getExpirationTime());
            return wrong.isPresent() ? refused(401, wrong.get()) : new Outcome(app, Answer.empty(200));
        } catch (ParseException | JOSEException notAJwt) {
            return undecodable();
        }
    }

    private Optional<String> wrongTime(Date issued, Date expires) {
        Instant now = world.clock().instant();
        if (issued == null || issued.toInstant().isAfter(now)) {
            return Optional.of("'Issued at' claim ('iat') must be an Integer representing the time that the assertion"
                    + " was issued");
        }
        if (expires == null || !expires.toInstant().isAfter(now)) {
            return Optional.of("'Expiration time' claim ('exp') must be a numeric value representing the future time at"
                    + " which the assertion expires");
        }
        return expires.toInstant().isAfter(now.plus(LONGEST))
                ? Optional.of("'Expiration time' claim ('exp') is too far in the future")
                : Optional.empty();
    }

    private static Outcome undecodable() {
        return refused(401, "A JSON web token could not be decoded");
    }

    private static Outcome refused(int status, String message) {
        return new Outcome(Optional.empty(), Answer.message(status, message));
    }
}
