// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.GithubAccess;
import io.taskbound.http.SettableClock;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.Requester;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.GithubApp;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.AppSigner;
import io.taskbound.token.Jti;
import io.taskbound.token.RsaAppSigner;
import io.taskbound.token.SignerUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An App of acme, installed in all of acme's repositories, and an issuer that has its key. */
final class GithubScene implements AutoCloseable {
    static final Instant START = Instant.parse("2026-12-01T12:00:00Z");
    static final Map<String, String> PERMISSIONS =
            Map.of("contents", "write", "pull_requests", "write", "issues", "read");

    final SettableClock clock = new SettableClock(START);
    final StandInGithub github = StandInGithub.start(clock);
    final AtomicInteger keysRead = new AtomicInteger();
    final StandInApp app;
    final long installation;
    volatile Optional<AppSigner> key;
    final GithubService service = new GithubService(
            appId -> {
                keysRead.incrementAndGet();
                return key;
            },
            new OutboundHttp(FetchPolicy.WITH_LOOPBACK));

    GithubScene() {
        github.organization("acme", 1001);
        github.organization("globex", 2001);
        github.repository("acme", "shop", 2002);
        github.repository("acme", "docs", 2003);
        github.repository("globex", "shop", 3002);
        app = github.app("acme", PERMISSIONS);
        installation = github.install(app, "acme");
        key = signer(app);
    }

    static Optional<AppSigner> signer(StandInApp app) {
        try {
            return Optional.of(RsaAppSigner.of(app.pkcs8()));
        } catch (SignerUnavailable e) {
            throw new AssertionError(e);
        }
    }

    GithubAccess access(List<String> repositories, Map<String, String> permissions) {
        return access("acme", "1001", repositories, permissions);
    }

    GithubAccess access(String owner, String ownerId, List<String> repositories, Map<String, String> permissions) {
        return new GithubAccess(
                new GithubApp(app.id(), Map.of(owner, ownerId), github.apiUrl()),
                owner,
                ownerId,
                repositories,
                new TreeMap<>(permissions));
    }

    GithubAccess shop() {
        return access(List.of("shop"), Map.of("contents", "write"));
    }

    ForeignCredential issue(GithubAccess access) throws CredentialRefused, CredentialUnavailable {
        return service.issue(access, order());
    }

    CredentialOrder order() {
        var now = clock.instant();
        var requester = new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme/shop:ref:refs/heads/main",
                "repo:1001/2002",
                Optional.empty(),
                Optional.empty(),
                "2002/7001/1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plusSeconds(300));
        return new CredentialOrder(
                new Jti("0aZ_-".repeat(4) + "ab", "9-_zA".repeat(6) + "xy"),
                new TaskName("bump-version"),
                requester,
                now,
                now.plusSeconds(60),
                now.plusSeconds(600));
    }

    @Override
    public void close() {
        github.close();
    }
}
