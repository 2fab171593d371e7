// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which JOSE headers an ID token may have. Members that nobody here knows are ignored (RFC 7515 section 4): a provider
 * adds one some day, and {@code crit} is how it would say that they matter. Refused is what brings or names a key
 * ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}), what changes the meaning of the token ({@code crit},
 * {@code b64}, {@code zip}, {@code cty}) and what belongs to encryption (RFC 8725 sections 3.3, 3.6, 3.10; threat model
 * R8, R9); and each of these and of the known names in another case, which another reader could take for it.
 */
final class HeaderRules {
    /** Strings; certificate thumbprints are let through because some providers send them, and are never used. */
    private static final Set<String> KNOWN = Set.of("alg", "kid", "typ", "x5t", "x5t#S256");

    private static final Set<String> REFUSED = Set.of(
            "crit", "b64", "zip", "cty", "jku", "jwk", "x5u", "x5c", "enc", "epk", "apu", "apv", "iv", "tag", "p2s",
            "p2c");

    private static final int MAX_KID = 256;

    private HeaderRules() {}

    static Optional<Rejected> rejection(JsonObject header) {
        for (var name : header.members().keySet()) {
            if (isRefused(name)) {
                return Optional.of(Rejected.of(Rejection.HEADER_NOT_ALLOWED));
            }
        }
        for (var known : KNOWN) {
            if (header.has(known) && header.string(known).isEmpty()) {
                return Optional.of(Rejected.of(Rejection.HEADER_NOT_ALLOWED, "a known header member is not a string"));
            }
        }
        if (header.string("kid").filter(HeaderRules::unusableKid).isPresent()) {
            return Optional.of(
                    Rejected.of(Rejection.HEADER_NOT_ALLOWED, "kid empty or over " + MAX_KID + " characters"));
        }
        return typeRejection(header);
    }

    private static boolean isRefused(String name) {
        return !KNOWN.contains(name)
                && (REFUSED.contains(name.toLowerCase(Locale.ROOT))
                        || KNOWN.stream().anyMatch(name::equalsIgnoreCase));
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
