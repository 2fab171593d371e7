// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The claims that a CI system sends, and what their values look like: the member {@code claims} of its profile, and the
 * claims that every ID token has.
 */
public final class KnownClaims {
    private static final String ANY_ENDING = "*";
    private static final Map<String, KnownClaim> STANDARD = Map.of(
            "iss", known(ClaimForm.STRING),
            "sub", known(ClaimForm.STRING),
            "aud", known(ClaimForm.ANY),
            "jti", known(ClaimForm.STRING),
            "iat", known(ClaimForm.NUMBER),
            "nbf", known(ClaimForm.NUMBER),
            "exp", known(ClaimForm.NUMBER));

    private final Map<String, KnownClaim> claims;
    private final List<String> beginnings;
    private final boolean more;

    private KnownClaims(Map<String, KnownClaim> claims, boolean more) {
        this.claims = claims;
        this.beginnings = claims.keySet().stream()
                .filter(name -> name.endsWith(ANY_ENDING))
                .map(name -> name.substring(0, name.length() - 1))
                .toList();
        this.more = more;
    }

    /** @param more whether the system's tokens may have claims of any other name, which its administrators choose */
    static KnownClaims read(JsonObject members, boolean more) {
        var claims = new LinkedHashMap<>(STANDARD);
        members.members().forEach((name, what) -> claims.put(name, read(what)));
        return new KnownClaims(claims, more);
    }

    private static KnownClaim read(JsonValue what) {
        if (what instanceof JsonArray values) {
            return new KnownClaim(
                    ClaimForm.STRING,
                    values.items().stream()
                            .map(item -> ((JsonString) item).value())
                            .toList());
        }
        return known(ClaimForm.named(((JsonString) what).value()));
    }

    private static KnownClaim known(ClaimForm form) {
        return new KnownClaim(form, List.of());
    }

    /** @param path names of nested claims, outermost first */
    public Optional<KnownClaim> find(List<String> path) {
        var name = String.join("|", path);
        var found = Optional.ofNullable(claims.get(name));
        return found.isPresent()
                ? found
                : beginnings.stream()
                        .filter(name::startsWith)
                        .findFirst()
                        .map(beginning -> claims.get(beginning + ANY_ENDING));
    }

    /** Whether a claim that is not known may be there nevertheless. */
    public boolean mayHaveMore() {
        return more;
    }

    /** Names of the claims at the end of such a path, for people who misspelt one. */
    public List<String> beside(List<String> path) {
        var holder = String.join("|", path.subList(0, path.size() - 1));
        var beginning = holder.isEmpty() ? "" : holder + "|";
        var names = new TreeSet<String>();
        for (var name : claims.keySet()) {
            if (name.startsWith(beginning) && !name.endsWith(ANY_ENDING)) {
                names.add(first(name.substring(beginning.length())));
            }
        }
        return new ArrayList<>(names);
    }

    private static String first(String path) {
        int end = path.indexOf('|');
        return end < 0 ? path : path.substring(0, end);
    }
}
