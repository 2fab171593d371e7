// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JwtText;
import io.taskbound.identity.Caller;
import io.taskbound.identity.IssuerDifference;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A caller made of claims that nobody has verified: good for an explanation, worthless for a grant. */
final class UnprovenCaller {
    private UnprovenCaller() {}

    static Caller of(Policy policy, Optional<String> named, JsonObject claims) throws Complaint {
        var provider = provider(policy, named, claims);
        try {
            return provider.profile().describe(provider.name(), provider.issuer(), claims, "unproven");
        } catch (IllegalArgumentException e) {
            throw Complaint.usage(
                    "These claims are not those of a caller: " + e.getMessage() + ".",
                    "Give the claims of a whole ID token.");
        }
    }

    private static Provider provider(Policy policy, Optional<String> named, JsonObject claims) throws Complaint {
        var issuer = claims.string("iss");
        return policy.providers().stream()
                .filter(provider -> named.isPresent()
                        ? provider.name().value().equals(named.get())
                        : issuer.equals(Optional.of(provider.issuer())))
                .findFirst()
                .orElseThrow(() -> Complaint.refused(
                        named.map(name -> "The policy has no provider " + name + ".")
                                .orElse("The policy trusts no provider with these claims' iss"
                                        + issuer.map(iss -> ", " + iss + nearly(policy, iss))
                                                .orElse(": there is none")
                                        + "."),
                        "Name one with --provider: "
                                + policy.providers().stream()
                                        .map(provider -> provider.name().value())
                                        .toList()
                                + "."));
    }

    private static String nearly(Policy policy, String issuer) {
        return policy.providers().stream()
                .flatMap(provider -> IssuerDifference.small(provider.issuer(), issuer)
                        .map(small -> "; it differs from the issuer of provider " + provider.name() + " by: " + small)
                        .stream())
                .findFirst()
                .orElse("");
    }

    static JsonObject claimsOfJson(String text, Path file) throws Complaint {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw Complaint.usage(
                    file + " is not a JSON object: " + e.getMessage() + ".",
                    "Write the claims like {\"sub\": \"…\", \"repository_id\": \"2002\"}.");
        }
    }

    static JsonObject claimsOfToken(String text, Path file) throws Complaint {
        return JwtText.read(text)
                .map(JwtText::claims)
                .orElseThrow(() -> Complaint.usage(
                        file + " does not hold an ID token in compact form.", "Give its claims with --claims FILE."));
    }
}
