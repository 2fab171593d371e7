// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A JWT auth method. Fetches the keys of the one issuer that it believes, at each login. */
final class JwtAuth {
    private static final Duration LEEWAY = Duration.ofSeconds(150);
    private static final int FETCH_MILLIS = 5_000;

    private final String accessor;
    private final Map<String, JwtRole> roles = new ConcurrentHashMap<>();
    private volatile Fields config = new Fields(Map.of());

    JwtAuth(String accessor) {
        this.accessor = accessor;
    }

    String accessor() {
        return accessor;
    }

    void configure(Fields fields) throws BaoFault {
        if (fields.text("oidc_discovery_url", "").isEmpty()
                && fields.text("jwks_url", "").isEmpty()) {
            throw BaoFault.badRequest(
                    "exactly one of 'jwt_validation_pubkeys', 'jwks_url' or 'oidc_discovery_url'" + " must be set");
        }
        config = fields;
    }

    void role(String name, Fields fields) throws BaoFault {
        roles.put(name, JwtRole.read(fields));
    }

    JwtRole role(Fields login) throws BaoFault {
        var name = login.text("role", "");
        return Optional.ofNullable(roles.get(name))
                .orElseThrow(() -> BaoFault.badRequest("role \"" + name + "\" could not be found"));
    }

    /** The claims of a JWT that this role may log in with. */
    Map<String, Object> claims(JwtRole role, String jwt, Instant now) throws BaoFault {
        if (jwt.isEmpty()) {
            throw BaoFault.badRequest("missing token");
        }
        try {
            var signed = SignedJWT.parse(jwt);
            requireOurs(signed);
            var claims = signed.getJWTClaimsSet();
            require(claims.getIssuer().equals(issuer()), "invalid issuer (iss) claim");
            require(!now.isAfter(claims.getExpirationTime().toInstant().plus(LEEWAY)), "token is expired");
            require(
                    claims.getAudience().stream().anyMatch(role.audiences()::contains),
                    "invalid audience (aud) claim: audience claim does not match any expected audience");
            role.requireBound(claims.getClaims());
            return claims.getClaims();
        } catch (ParseException | JOSEException | NullPointerException malformed) {
            throw BaoFault.badRequest("error validating token: malformed");
        } catch (IOException outOfReach) {
            throw BaoFault.badRequest("error validating token: fetching keys " + issuer() + ": connection refused");
        }
    }

    private void requireOurs(SignedJWT jwt) throws BaoFault, IOException, ParseException, JOSEException {
        var algorithms = config.texts("jwt_supported_algs");
        var algorithm = jwt.getHeader().getAlgorithm().getName();
        require(
                (algorithms.isEmpty() ? List.of("ES256") : algorithms).contains(algorithm) && algorithm.equals("ES256"),
                "unsupported signing algorithm");
        var key = Optional.ofNullable(
                JWKSet.parse(fetch(keysUrl())).getKeyByKeyId(jwt.getHeader().getKeyID()));
        require(key.isPresent() && jwt.verify(new ECDSAVerifier(key.get().toECKey())), "failed to verify signature");
    }

    private static void require(boolean holds, String what) throws BaoFault {
        if (!holds) {
            throw BaoFault.badRequest("error validating token: " + what);
        }
    }

    private String issuer() {
        return config.text("bound_issuer", config.text("oidc_discovery_url", ""));
    }

    private String keysUrl() throws IOException, ParseException {
        var discovery = config.text("oidc_discovery_url", "");
        return discovery.isEmpty()
                ? config.text("jwks_url", "")
                : String.valueOf(JSONObjectUtils.parse(fetch(discovery + "/.well-known/openid-configuration"))
                        .get("jwks_uri"));
    }

    private static String fetch(String url) throws IOException {
        var connection = URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(FETCH_MILLIS);
        connection.setReadTimeout(FETCH_MILLIS);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
