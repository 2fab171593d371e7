// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What one namespace has: auth methods, policies, identities, tokens, and secrets of the KV engine's version 2. */
final class Realm {
    static final String ROOT = "root";
    private static final String DEFAULT_POLICY = """
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "auth/token/revoke-self" { capabilities = ["update"] }
            """;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, JwtAuth> auths = new ConcurrentHashMap<>();
    private final Map<String, AclPolicy> policies = new ConcurrentHashMap<>();
    /** Of the latest login, as the service keeps it: one for each alias. */
    private final Map<String, Map<String, String>> aliases = new ConcurrentHashMap<>();

    private final Map<String, BaoToken> tokens = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> secrets = new ConcurrentHashMap<>();

    Realm(Clock clock) throws BaoFault {
        this.clock = clock;
        policies.put("default", AclPolicy.parse(DEFAULT_POLICY, false));
    }

    void enable(String path) throws BaoFault {
        if (auths.putIfAbsent(path, new JwtAuth("auth_jwt_" + random("", 6).replaceAll("[_-]", "x"))) != null) {
            throw BaoFault.badRequest("path is already in use at " + path + "/");
        }
    }

    Map<String, Object> auths() {
        var all = new LinkedHashMap<String, Object>();
        auths.forEach((path, auth) -> all.put(path + "/", Map.of("type", "jwt", "accessor", auth.accessor())));
        return all;
    }

    JwtAuth auth(String path) throws BaoFault {
        return Optional.ofNullable(auths.get(path)).orElseThrow(BaoFault::denied);
    }

    void policy(String name, AclPolicy policy) {
        policies.put(name, policy);
    }

    BaoToken logIn(JwtAuth auth, Fields login) throws BaoFault {
        var role = auth.role(login);
        var now = clock.instant();
        var claims = auth.claims(role, login.text("jwt", ""), now);
        var alias = role.alias(claims);
        var metadata = role.metadata(claims);
        aliases.put(auth.accessor() + " " + alias, metadata);
        var token = new BaoToken(
                random(role.batch() ? "hvb." : "hvs.", 24),
                role.batch() ? "" : random("", 18),
                role.policies(),
                now,
                role.life(),
                role.longest(),
                now.plus(role.life()),
                auth.accessor(),
                alias,
                metadata);
        tokens.put(token.id(), token);
        return token;
    }

    void requireAllowed(Optional<String> token, String path, String capability) throws BaoFault {
        if (token.equals(Optional.of(ROOT))) {
            return;
        }
        var live = live(token);
        var metadata = aliases.getOrDefault(live.mountAccessor() + " " + live.alias(), Map.of());
        for (var name : live.policies()) {
            var policy = Optional.ofNullable(policies.get(name));
            if (policy.isPresent() && policy.get().allows(path, capability, live.mountAccessor(), metadata)) {
                return;
            }
        }
        throw BaoFault.denied();
    }

    /** The token, unless it is revoked, expired or none at all. */
    BaoToken live(Optional<String> token) throws BaoFault {
        return token.flatMap(id -> Optional.ofNullable(tokens.get(id)))
                .filter(this::isAlive)
                .orElseThrow(BaoFault::denied);
    }

    private boolean isAlive(BaoToken token) {
        return clock.instant().isBefore(token.ends());
    }

    Optional<BaoToken> byAccessor(String accessor) {
        return tokens.values().stream()
                .filter(token -> !token.isBatch() && token.accessor().equals(accessor))
                .filter(this::isAlive)
                .findFirst();
    }

    BaoToken renew(BaoToken token) {
        var renewed = token.renewed(clock.instant());
        tokens.put(token.id(), renewed);
        return renewed;
    }

    void revoke(BaoToken token) {
        tokens.remove(token.id());
    }

    /** Of service tokens that are alive. */
    List<String> accessors() {
        return tokens.values().stream()
                .filter(token -> !token.isBatch() && isAlive(token))
                .map(BaoToken::accessor)
                .toList();
    }

    void write(String path, Map<String, Object> secret) {
        secrets.put(path, secret);
    }

    Map<String, Object> read(String path) throws BaoFault {
        return Optional.ofNullable(secrets.get(path)).orElseThrow(() -> new BaoFault(404, "no secret there"));
    }

    Instant now() {
        return clock.instant();
    }

    private String random(String prefix, int bytes) {
        var random = new byte[bytes];
        this.random.nextBytes(random);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
