// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.outbound.Call;
import io.taskbound.outbound.CallFailed;
import io.taskbound.outbound.OutboundHttp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The discovery documents of providers, each kept for five minutes, and for ten seconds that there was none: anybody
 * can open a login, and must not thereby have the provider asked each time, or this issuer wait for it.
 */
final class Discovery {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration FAILED = Duration.ofSeconds(10);

    private final OutboundHttp http;
    private final Map<Provider, Kept> known = new ConcurrentHashMap<>();

    /** @param endpoints throws what was wrong with them */
    private record Kept(Asked endpoints, Instant until) {}

    @FunctionalInterface
    private interface Asked {
        Endpoints get() throws LoginFailed;
    }

    Discovery(OutboundHttp http) {
        this.http = http;
    }

    Endpoints of(Provider provider, Instant now) throws LoginFailed {
        var kept = known.get(provider);
        if (kept != null && now.isBefore(kept.until())) {
            return kept.endpoints().get();
        }
        try {
            var endpoints = Endpoints.read(provider, fetch(provider));
            known.put(provider, new Kept(() -> endpoints, now.plus(KEPT)));
            return endpoints;
        } catch (LoginFailed failed) {
            known.put(
                    provider,
                    new Kept(
                            () -> {
                                throw failed;
                            },
                            now.plus(FAILED)));
            throw failed;
        }
    }

    private JsonObject fetch(Provider provider) throws LoginFailed {
        try {
            var reply = http.send(
                    Call.get(document(provider.issuer()))
                            .header("Accept", "application/json")
                            .certifiedBy(provider.ca()),
                    RelyingParty.PATIENCE);
            return reply.json()
                    .filter(found -> reply.status() == 200)
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .orElseThrow(() -> new LoginFailed(
                            LoginFailed.Kind.OUT_OF_REACH, "the discovery document: no JSON object with status 200"));
        } catch (CallFailed failed) {
            throw new LoginFailed(LoginFailed.Kind.OUT_OF_REACH, "the discovery document: " + failed.getMessage());
        }
    }

    /** OpenID Connect Discovery section 4: a slash at the end of the issuer is left out. */
    private static URI document(String issuer) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }
}
