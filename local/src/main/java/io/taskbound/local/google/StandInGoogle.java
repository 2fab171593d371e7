// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Google's Security Token Service on this machine, over real HTTP on loopback, with one provider of a workload identity
 * pool, and the list of objects in a bucket for those whom a binding names. It checks of a token what Google documents:
 * issuer, signature by the keys that discovery leads to, algorithm, audience, times, and the subject's length. Like
 * Google, it does not ask whether the token is alive.
 */
public final class StandInGoogle implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_ASSERTION = Duration.ofHours(48);
    private static final int MAX_SUBJECT = 127;
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final HttpServer http;
    private final Clock clock;
    private final String issuer;
    private final String provider;
    private final String bound;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Session(String subject, Instant ends) {}

    /** What is refused, in the words of OAuth. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;

        Refused(String error, String description) {
            super(description);
            this.error = error;
        }
    }

    private StandInGoogle(HttpServer http, Clock clock, String issuer, String provider, String bound) {
        this.http = http;
        this.clock = clock;
        this.issuer = issuer;
        this.provider = provider;
        this.bound = bound;
    }

    /**
     * @param issuer whom the provider believes
     * @param provider its full name, which begins with {@code //iam.googleapis.com/}; also the audience that a token
     *     must have
     * @param bound the {@code google.subject} that may list objects
     */
    public static StandInGoogle start(Clock clock, String issuer, String provider, String bound) throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var google = new StandInGoogle(
                HttpServer.create(new InetSocketAddress(loopback, 0), 0), clock, issuer, provider, bound);
        google.http.createContext("/v1/token", google::exchange);
        google.http.createContext("/storage/v1/b/", google::list);
        google.http.start();
        return google;
    }

    /** In the place of {@code https://sts.googleapis.com/v1/token}. */
    public String tokenUrl() {
        return address() + "/v1/token";
    }

    /** The objects of a bucket, as Cloud Storage lists them. */
    public String objectsUrl(String bucket) {
        return address() + "/storage/v1/b/" + bucket + "/o";
    }

    private String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        try {
            var subject = subject(form(body));
            var token = "ya29." + UUID.randomUUID();
            sessions.put(token, new Session(subject, clock.instant().plus(LIFE)));
            var answer = new LinkedHashMap<String, Object>();
            answer.put("access_token", token);
            answer.put("issued_token_type", ACCESS_TOKEN);
            answer.put("token_type", "Bearer");
            answer.put("expires_in", LIFE.toSeconds());
            send(exchange, 200, answer);
        } catch (Refused refused) {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("error", refused.error);
            answer.put("error_description", String.valueOf(refused.getMessage()));
            send(exchange, 400, answer);
        }
    }

    /** What the provider's mapping {@code google.subject=assertion.sub} makes of a token that it believes. */
    private String subject(Map<String, String> form) throws Refused {
        require(EXCHANGE.equals(form.get("grant_type")), "unsupported_grant_type", "the grant type is another one");
        require(ACCESS_TOKEN.equals(form.get("requested_token_type")), "invalid_request", "requested_token_type");
        require(JWT.equals(form.get("subject_token_type")), "invalid_request", "subject_token_type");
        require(!form.getOrDefault("scope", "").isEmpty(), "invalid_request", "scope");
        require(provider.equals(form.get("audience")), "invalid_target", "the audience names another provider");
        var subject = claims(form.getOrDefault("subject_token", "")).getSubject();
        require(subject.getBytes(UTF_8).length <= MAX_SUBJECT, "invalid_grant", "google.subject is too long");
        return subject;
    }

    private JWTClaimsSet claims(String token) throws Refused {
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            require(issuer.equals(claims.getIssuer()), "invalid_grant", "the issuer is another one");
            requireSigned(jwt);
            require(
                    claims.getAudience().stream().anyMatch(List.of(provider, "https:" + provider)::contains),
                    "invalid_grant",
                    "the audience in the token does not match the expected audience");
            var now = clock.instant();
            var issued = claims.getIssueTime().toInstant();
            var expires = claims.getExpirationTime().toInstant();
            require(!issued.isAfter(now), "invalid_grant", "iat is in the future");
            require(now.isBefore(expires), "invalid_grant", "the token is expired");
            require(!expires.isAfter(issued.plus(LONGEST_ASSERTION)), "invalid_grant", "exp is too late");
            return claims;
        } catch (ParseException | NullPointerException malformed) {
            throw new Refused("invalid_grant", "the token is malformed");
        }
    }

    private void requireSigned(SignedJWT jwt) throws Refused, ParseException {
        require(
                jwt.getHeader().getAlgorithm().getName().equals("ES256")
                        && Optional.ofNullable(jwt.getHeader().getKeyID()).isPresent(),
                "invalid_grant",
                "kid, or another algorithm");
        try {
            var discovery = JSONObjectUtils.parse(fetch(issuer + "/.well-known/openid-configuration"));
            require(issuer.equals(discovery.get("issuer")), "invalid_grant", "discovery names another issuer");
            var keys = JWKSet.parse(fetch(String.valueOf(discovery.get("jwks_uri"))));
            var key = Optional.ofNullable(keys.getKeyByKeyId(jwt.getHeader().getKeyID()));
            require(
                    key.isPresent() && jwt.verify(new ECDSAVerifier(key.get().toECKey())),
                    "invalid_grant",
                    "the signature");
        } catch (IOException | JOSEException noKeys) {
            throw new Refused("invalid_grant", "error connecting to the given credential's issuer");
        }
    }

    private static void require(boolean holds, String error, String description) throws Refused {
        if (!holds) {
            throw new Refused(error, description);
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            var session = Optional.ofNullable(sessions.get(authorization.replaceFirst("^Bearer ", "")))
                    .filter(found -> clock.instant().isBefore(found.ends()));
            if (session.isEmpty()) {
                send(exchange, 401, Map.of("error", Map.of("code", 401)));
            } else if (session.get().subject().equals(bound)) {
                send(exchange, 200, Map.of("kind", "storage#objects", "items", List.of()));
            } else {
                send(exchange, 403, Map.of("error", Map.of("code", 403)));
            }
        }
    }

    private static Map<String, String> form(String body) throws Refused {
        var form = new LinkedHashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            var parts = pair.split("=", 2);
            require(parts.length == 2, "invalid_request", "a parameter without a value");
            form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
        return form;
    }

    private static String fetch(String url) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        var octets = JSONObjectUtils.toJSONString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
