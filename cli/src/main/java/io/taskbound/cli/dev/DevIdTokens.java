// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.identity.Provider;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** ID tokens of the stand-in, in the name of the providers of the policy in force. */
final class DevIdTokens {
    private static final String ANYONE = "acme/shop";
    private static final String GITHUB = "github";
    private static final String APPROVING = "approve.yml";
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}");

    private final StandInProvider standIn;
    private final Supplier<Policy> inForce;

    DevIdTokens(StandInProvider standIn, Supplier<Policy> inForce) {
        this.standIn = standIn;
        this.inForce = inForce;
    }

    /** A signed ID token; what cannot be is an {@link IllegalArgumentException} with a sentence for the developer. */
    String sign(DevWish wish) {
        var caller = wish.as().map(ShortCaller::parse);
        wish.person().ifPresent(DevIdTokens::requireLogin);
        var wanted = caller.map(ShortCaller::provider)
                .or(wish::provider)
                .or(() -> wish.person().map(person -> GITHUB))
                .orElseThrow(() -> new IllegalArgumentException("say as whom: as, person, or provider with claims"));
        var provider = provider(wanted);
        var claims =
                claims(caller, wish, provider).with("iss", provider.issuer()).forAudience(audience(provider, wish));
        for (var claim : wish.claims().members().entrySet()) {
            claims = claims.with(claim.getKey(), plain(claim.getValue()));
        }
        return standIn.idToken(claims);
    }

    private ClaimSet claims(Optional<ShortCaller> caller, DevWish wish, Provider provider) {
        var run = caller.map(known -> known.claims(provider.profile().name(), standIn));
        if (wish.person().isEmpty()) {
            return run.orElseGet(() -> bare(provider));
        }
        if (!provider.profile().name().equals(GITHUB)) {
            throw new IllegalArgumentException("only runs on GitHub can be given a person; for the profile "
                    + provider.profile().name() + ", set the claim yourself");
        }
        var person = wish.person().get();
        return run.map(claims -> StandInProvider.startedBy(claims, person))
                .orElseGet(() -> standIn.githubStarted(ANYONE, APPROVING, person));
    }

    private static void requireLogin(String person) {
        if (!LOGIN.matcher(person).matches()) {
            throw new IllegalArgumentException("a person is a login name at GitHub, such as mona");
        }
    }

    private Provider provider(String wanted) {
        var providers = inForce.get().providers();
        return providers.stream()
                .filter(provider -> provider.name().value().equals(wanted))
                .findFirst()
                .or(() -> providers.stream()
                        .filter(provider -> provider.profile().name().equals(wanted))
                        .findFirst())
                .orElseThrow(
                        () -> new IllegalArgumentException("the policy has no provider of that name or profile; it has "
                                + providers.stream()
                                        .map(provider -> provider.name().value())
                                        .toList()));
    }

    private static String audience(Provider provider, DevWish wish) {
        if (wish.audience().isPresent()) {
            return wish.audience().get();
        }
        boolean carriesTxn =
                provider.profile().audienceCarriesTxn() && wish.txn().isPresent();
        return carriesTxn ? provider.audience() + "#" + wish.txn().get() : provider.audience();
    }

    /** Times, and a {@code jti} where that system has one: all else comes from the developer's file. */
    private ClaimSet bare(Provider provider) {
        boolean withoutId = provider.profile().audienceCarriesTxn();
        var sample = withoutId ? standIn.jenkins(ANYONE, 1) : standIn.github(ANYONE, "main");
        var kept = new LinkedHashMap<>(sample.asMap());
        kept.keySet().retainAll(java.util.Set.of("aud", "iat", "nbf", "exp", "jti"));
        return ClaimSet.of(kept);
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.members().forEach((name, member) -> members.put(name, plain(member)));
            return members;
        }
        if (value instanceof JsonArray array) {
            return array.items().stream().map(DevIdTokens::plain).toList();
        }
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value instanceof JsonNumber number) {
            return number.value();
        }
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        throw new IllegalArgumentException("a claim must not be null; leave it out");
    }
}
