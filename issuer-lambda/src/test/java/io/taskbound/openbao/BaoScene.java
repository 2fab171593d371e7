// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.http.PublishedIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.Requester;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.Openbao;
import io.taskbound.task.Identifier;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An issuer and an OpenBao that is set up for it as the documentation says. */
final class BaoScene implements AutoCloseable {
    static final String ROLE = "release";
    static final String AUDIENCE = "https://vault.acme.example";

    final LocalSigner signer = LocalSigner.generate();
    final PublishedIssuer issuer;
    final BaoAdmin admin;
    final OpenbaoService service;
    final String mount;
    private final URI address;
    private final Optional<String> namespace;

    /** @param mount of its own, so that scenes share one OpenBao */
    BaoScene(URI address, String rootToken, String mount, Optional<String> namespace) throws IOException {
        this.address = address;
        this.mount = mount;
        this.namespace = namespace;
        this.issuer = new PublishedIssuer(signer);
        var root = new BaoAdmin(address, rootToken);
        this.admin = namespace.isPresent() ? root.in(namespace.get()) : root;
        this.service = new OpenbaoService(
                issuer.url(), signer, new OutboundHttp(FetchPolicy.WITH_LOOPBACK), Clock.systemUTC());
    }

    void setUp() {
        admin.set("sys/auth/" + mount, "{\"type\":\"jwt\"}");
        admin.set("auth/" + mount + "/config", """
                {"oidc_discovery_url":"%s","bound_issuer":"%s","jwt_supported_algs":["ES256"]}""".formatted(issuer.url(), issuer.url()));
        admin.policy(mount + "-release", """
                path "secret/data/{{identity.entity.aliases.%s.metadata.path}}" {
                  capabilities = ["read"]
                }
                """.formatted(admin.accessorOf(mount)));
        admin.policy(mount + "-revoke", """
                path "auth/token/lookup-accessor" {
                  capabilities = ["update"]
                }
                path "auth/token/revoke-accessor" {
                  capabilities = ["update"]
                }
                """);
        role("10m", "");
        revokeRole("\"token_type\":\"batch\",");
    }

    /** The step's role, with another longest life and further settings. */
    void role(String longest, String more) {
        admin.set("auth/" + mount + "/role/" + ROLE, """
                {"role_type":"jwt","bound_audiences":["%s"],"user_claim":"entity",
                 "bound_claims":{"purpose":"step","task":"release"},
                 "claim_mappings":{"path":"path","task":"task","action":"action"},
                 %s "token_policies":["%s-release"],"token_ttl":"10m","token_explicit_max_ttl":"%s"}""".formatted(AUDIENCE, more, mount, longest));
    }

    void revokeRole(String more) {
        admin.set("auth/" + mount + "/role/taskbound-revoke", """
                {"role_type":"jwt","bound_audiences":["%s"],"user_claim":"sub",
                 "bound_claims":{"purpose":"revoke"},%s
                 "token_policies":["%s-revoke"],"token_no_default_policy":true,"token_ttl":"1m"}""".formatted(AUDIENCE, more, mount));
    }

    void secret(String path, String value) {
        admin.set("secret/data/" + path, "{\"data\":{\"value\":\"" + value + "\"}}");
    }

    Openbao server(String role) {
        return new Openbao(address, role, mount, namespace, "taskbound-revoke", AUDIENCE);
    }

    OpenbaoAccess access(String identifier) {
        return new OpenbaoAccess(server(ROLE), "read", new Identifier(identifier));
    }

    static CredentialOrder order(String task, Duration life) {
        var now = Instant.now();
        var requester = new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme/shop:ref:refs/heads/main",
                "repo:1001/2002",
                Optional.of("2002"),
                Optional.of("acme/shop"),
                "2002/7001/1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plusSeconds(300));
        return new CredentialOrder(
                new Jti("R".repeat(22), "P".repeat(32)),
                new TaskName(task),
                requester,
                now,
                now.plusSeconds(60),
                now.plus(life));
    }

    @Override
    public void close() {
        issuer.close();
    }
}
