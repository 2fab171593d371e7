// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which JOSE headers an ID token may have. A list of what is allowed: key sources ({@code jku}, {@code jwk},
 * {@code x5u}, {@code x5c}), {@code crit}, {@code b64}, {@code zip}, {@code cty} and whatever comes next are refused
 * because they are not on it (RFC 8725 sections 3.3, 3.6, 3.10; threat model R8, R9).
 */
final class HeaderRules {
    private static final Set<String> ALLOWED = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");
    private static final int MAX_KID = 256;

    private HeaderRules() {}

    static Optional<Rejected> rejection(JsonObject header) {
        if (!ALLOWED.containsAll(header.members().keySet())) {
            return Optional.of(Rejected.of(Rejection.HEADER_NOT_ALLOWED));
        }
        // Certificate thumbprints are let through because some providers send them, and are never used.
        if (!header.members().keySet().stream()
                .allMatch(name -> header.string(name).isPresent())) {
            return Optional.of(Rejected.of(Rejection.HEADER_NOT_ALLOWED, "a header member is not a string"));
        }
        if (header.string("kid").filter(HeaderRules::unusableKid).isPresent()) {
            return Optional.of(
                    Rejected.of(Rejection.HEADER_NOT_ALLOWED, "kid empty or over " + MAX_KID + " characters"));
        }
        return typeRejection(header);
    }

    private static boolean unusableKid(String kid) {
        return kid.isEmpty() || kid.length() > MAX_KID;
    }

    /** Without {@code typ}, or {@code JWT} in any case; a media type is compared so (RFC 7519 section 5.1). */
    private static Optional<Rejected> typeRejection(JsonObject header) {
        return header.string("typ")
                .filter(typ -> !typ.toUpperCase(Locale.ROOT).equals("JWT"))
                .map(typ -> Rejected.of(Rejection.WRONG_TYPE));
    }
}
