// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.task.ProviderName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Fuzz target: the claims of an ID token whose signature holds, under every profile. A provider may sign what it likes;
 * nothing throws, and no caller is described whose times or audience do not hold.
 */
public final class ClaimsFuzz {
    private static final String ISSUER = "https://ci.acme.example/oidc";
    private static final SortedSet<String> RS256 = new TreeSet<>(List.of("RS256"));
    private static final List<Provider> PROVIDERS =
            Profiles.names().stream().map(ClaimsFuzz::provider).toList();

    private ClaimsFuzz() {}

    private static Provider provider(String profile) {
        return new Provider(
                new ProviderName(profile),
                Profiles.named(profile).orElseThrow(),
                ISSUER,
                Scene.AUDIENCE,
                RS256,
                Profiles.named(profile).orElseThrow().maxAge(),
                new KeySource.Discovery());
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var claims = StrictJson.parseObject(input);
            PROVIDERS.forEach(provider -> read(claims, provider));
        } catch (MalformedJson refused) {
            // Refused before anybody looks at a claim.
            return;
        }
    }

    private static void read(JsonObject claims, Provider provider) {
        var use = new Purpose.Exchange(Optional.of(Scene.TXN));
        var times = ProofTimes.read(claims);
        if (times.isEmpty()
                || IdentityVerifier.claimsRejection(claims, times.get(), provider, use, Scene.NOW)
                        .isPresent()) {
            return;
        }
        var caller = provider.profile().describe(provider.name(), ISSUER, claims, "proof");
        boolean dead = !Scene.NOW.isBefore(times.get().expiresAt().plus(Provider.DEFAULT_LEEWAY));
        if (dead
                || caller.run().isEmpty()
                || caller.stableSubject().isEmpty()
                || caller.subject().isEmpty()) {
            throw new AssertionError("nobody was described: " + caller);
        }
        ProofKeys.of(ProofKeys.digest(ISSUER, input(caller)), caller);
    }

    private static byte[] input(Caller caller) {
        return caller.subject().getBytes(StandardCharsets.UTF_8);
    }
}
