// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.task.ProviderName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** For tests: a proven identity out of any claims, by way of a real signature and the real verifier. */
public final class Proven {
    private static final StandInProvider SIGNER = StandInProvider.start(Clock.systemUTC());

    private Proven() {}

    /** Claims with {@code iss}, {@code aud}, {@code sub}, {@code iat} and {@code exp}; verified at {@code iat}. */
    public static Identity identity(String profile, JsonObject claims) {
        var provider = provider(
                profile,
                claims.string("iss").orElseThrow(),
                claims.string("aud").orElse("https://tokens.acme.example"));
        return identity(provider, claims);
    }

    /** The same for a provider of the policy, whose issuer and audience the claims must name. */
    public static Identity identity(Provider provider, JsonObject claims) {
        var pinned = new Provider(
                provider.name(),
                provider.profile(),
                provider.issuer(),
                provider.audience(),
                provider.algorithms(),
                provider.maxAge(),
                new KeySource.Pinned(json(SIGNER.jwks())));
        var issued = Instant.ofEpochSecond(claims.wholeNumber("iat").orElseThrow());
        var verification = new IdentityVerifier(List.of(pinned), uri -> {
                    throw new IOException("pinned keys are never fetched");
                })
                .verify(IdToken.of(idToken(claims)), new Purpose.Exchange(Optional.empty()), issued);
        if (verification instanceof Verification.Verified verified) {
            return verified.identity();
        }
        throw new AssertionError(verification.toString());
    }

    /** A provider of that profile with the key that these tokens are signed with. */
    public static Provider provider(String profile, String issuer, String audience) {
        return new Provider(
                new ProviderName(profile),
                Profiles.named(profile).orElseThrow(),
                issuer,
                audience,
                new TreeSet<>(Set.of("RS256")),
                Duration.ofHours(1),
                new KeySource.Pinned(json(SIGNER.jwks())));
    }

    /** These claims, signed. */
    public static String idToken(JsonObject claims) {
        var header = "{\"alg\":\"RS256\",\"kid\":\"" + SIGNER.kid() + "\",\"typ\":\"JWT\"}";
        return SIGNER.sign(header, JsonText.of(claims).getBytes(UTF_8));
    }

    public static JsonObject json(ClaimSet claims) {
        return json(JSONObjectUtils.toJSONString(claims.asMap()));
    }

    public static JsonObject json(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }
}
