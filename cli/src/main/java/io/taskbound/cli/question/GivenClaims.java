// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JwtText;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims that somebody gives of a caller, from wherever they are given. */
final class GivenClaims {
    private final Map<String, JsonValue> read = new LinkedHashMap<>();
    private final Optional<String> project;

    GivenClaims(Optional<Path> file, Optional<Path> idToken, List<String> single, Optional<String> project)
            throws Complaint {
        this.project = project;
        if (file.isPresent() && idToken.isPresent()) {
            throw Complaint.usage("Both --claims and --id-token-file are given.", "Give one of them.");
        }
        if (file.isPresent()) {
            add(ofJson(SecretInput.file(file.get()), file.get()));
        }
        if (idToken.isPresent()) {
            add(ofToken(SecretInput.file(idToken.get()), idToken.get()));
        }
        for (var one : single) {
            int sign = one.indexOf('=');
            if (sign < 1) {
                throw Complaint.usage(
                        "--claim " + Printable.typed(one) + " is not NAME=TEXT.",
                        "Write it like --claim ref=refs/heads/main.");
            }
            add(one.substring(0, sign), new JsonString(one.substring(sign + 1)));
        }
    }

    private void add(JsonObject claims) throws Complaint {
        for (var claim : claims.members().entrySet()) {
            add(claim.getKey(), claim.getValue());
        }
    }

    private void add(String name, JsonValue value) throws Complaint {
        var other = read.putIfAbsent(name, value);
        if (other != null && !other.equals(value)) {
            throw Complaint.usage("The claim " + Printable.typed(name) + " is given twice.", "Give it once.");
        }
    }

    /** The provider of that name, or the one that the claims' {@code iss} leads to, or the only one. */
    Provider provider(Policy policy, Optional<String> named) throws Complaint {
        var names = policy.providers().stream()
                .map(provider -> provider.name().value())
                .toList();
        if (named.isPresent()) {
            var name = Known.name("provider", named.get(), names);
            return policy.providers().get(names.indexOf(name));
        }
        var issuer = Optional.ofNullable(read.get("iss"));
        var found = policy.providers().stream()
                .filter(provider ->
                        issuer.isEmpty() ? names.size() == 1 : issuer.get().equals(new JsonString(provider.issuer())))
                .findFirst();
        return found.orElseThrow(() -> Complaint.usage(
                "It is not clear which provider the caller comes from.",
                "Name it with --provider: " + String.join(", ", names) + "."));
    }

    /** All of them; the project as the claim that the provider's ID tokens have it in. */
    JsonObject claims(Provider from) throws Complaint {
        if (project.isPresent()) {
            var claim = from.profile()
                    .project()
                    .filter(known -> !known.name().equals("sub"))
                    .orElseThrow(() -> Complaint.usage(
                            "ID tokens of provider " + from.name() + " have no claim with the project's name.",
                            "Give the claims that you know with --claim or --claims."));
            add(claim.name(), new JsonString(project.get()));
        }
        if (read.isEmpty()) {
            throw Complaint.usage(
                    "Nothing is known of the caller.",
                    "Give its claims with --claims FILE, --id-token-file FILE, --claim NAME=TEXT or --project P.");
        }
        return new JsonObject(read);
    }

    private static JsonObject ofJson(String text, Path file) throws Complaint {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw Complaint.usage(
                    file + " is not a JSON object: " + e.getMessage() + ".",
                    "Write the claims like {\"repository_id\": \"2002\"}.");
        }
    }

    private static JsonObject ofToken(String text, Path file) throws Complaint {
        return JwtText.read(text)
                .map(JwtText::claims)
                .orElseThrow(() -> Complaint.usage(
                        file + " does not hold an ID token in compact form.", "Give its claims with --claims FILE."));
    }
}
