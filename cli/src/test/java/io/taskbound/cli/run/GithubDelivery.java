// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import com.sun.net.httpserver.HttpExchange;
import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.GithubAccess;
import io.taskbound.github.GithubService;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.Requester;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.local.github.StandInApp;
import io.taskbound.local.github.StandInGithub;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.GithubApp;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.RsaAppSigner;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Real tokens of a stand-in GitHub, for acme/shop alone, revoked with the task token. */
final class GithubDelivery implements DeliveringIssuer.Delivery {
    private final GithubService service;
    private final GithubAccess access;
    private final ConcurrentLinkedQueue<String> revocations = new ConcurrentLinkedQueue<>();

    GithubDelivery(StandInGithub github, StandInApp app) throws SignerUnavailable {
        var signer = RsaAppSigner.of(app.pkcs8());
        service = new GithubService(appId -> Optional.of(signer), new OutboundHttp(FetchPolicy.WITH_LOOPBACK));
        access = new GithubAccess(
                new GithubApp(app.id(), Map.of("acme", "1001"), github.apiUrl()),
                "acme",
                "1001",
                List.of("shop"),
                new TreeMap<>(Map.of("contents", "write")));
    }

    @Override
    public void answer(HttpExchange exchange, int nth) throws IOException {
        try {
            var given = service.issue(access, order(Instant.now()));
            given.revocation().ifPresent(revocations::add);
            DeliveringIssuer.json(exchange, 200, JsonText.of(body(given)));
        } catch (CredentialRefused | CredentialUnavailable e) {
            throw new IOException(e);
        }
    }

    private static JsonObject body(ForeignCredential given) {
        var body = JsonObject.builder()
                .put("kind", GithubApp.KIND)
                .put("expires_at", given.until().getEpochSecond())
                .put("refresh", false)
                .put("credential", given.secret());
        given.about().members().forEach(body::put);
        return body.build();
    }

    @Override
    public void ended() throws IOException {
        try {
            for (var revocation = revocations.poll(); revocation != null; revocation = revocations.poll()) {
                service.revoke(revocation);
            }
        } catch (CredentialUnavailable e) {
            throw new IOException(e);
        }
    }

    private static CredentialOrder order(Instant now) {
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
}
