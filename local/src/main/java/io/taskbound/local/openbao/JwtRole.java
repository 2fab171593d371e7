// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A role of the JWT auth method: whom it logs in, and with what token. */
record JwtRole(
        List<String> audiences,
        String userClaim,
        Map<String, Object> boundClaims,
        Map<String, Object> claimMappings,
        List<String> policies,
        boolean batch,
        Duration life,
        Duration longest) {
    /** What tokens live that no role says anything about. */
    private static final Duration USUAL_LIFE = Duration.ofHours(768);

    JwtRole {
        audiences = List.copyOf(audiences);
        boundClaims = Map.copyOf(boundClaims);
        claimMappings = Map.copyOf(claimMappings);
        policies = List.copyOf(policies);
    }

    static JwtRole read(Fields fields) throws BaoFault {
        if (fields.text("user_claim", "").isEmpty()) {
            throw BaoFault.badRequest("a user claim must be defined on the role");
        }
        var policies = new ArrayList<>(fields.texts("token_policies"));
        if (!fields.flag("token_no_default_policy")) {
            policies.add(0, "default");
        }
        var longest = fields.duration("token_explicit_max_ttl");
        var life = fields.duration("token_ttl");
        var wanted = life.isZero() ? USUAL_LIFE : life;
        return new JwtRole(
                fields.texts("bound_audiences"),
                fields.text("user_claim", ""),
                fields.map("bound_claims"),
                fields.map("claim_mappings"),
                policies,
                fields.text("token_type", "default").equals("batch"),
                longest.isZero() || wanted.compareTo(longest) < 0 ? wanted : longest,
                longest);
    }

    /** The alias that a login is for. */
    String alias(Map<String, Object> claims) throws BaoFault {
        return Optional.ofNullable(claims.get(userClaim))
                .map(Object::toString)
                .orElseThrow(() -> BaoFault.badRequest("claim \"" + userClaim + "\" not found in token"));
    }

    void requireBound(Map<String, Object> claims) throws BaoFault {
        for (var bound : boundClaims.entrySet()) {
            var wanted = bound.getValue() instanceof List<?> list ? list : List.of(bound.getValue());
            var value = Optional.ofNullable(claims.get(bound.getKey()));
            if (value.isEmpty() || !wanted.contains(value.get())) {
                throw BaoFault.badRequest("error validating claims: claim \"" + bound.getKey()
                        + "\" does not match any associated bound claim values");
            }
        }
    }

    Map<String, String> metadata(Map<String, Object> claims) throws BaoFault {
        var metadata = new LinkedHashMap<String, String>();
        for (var mapping : claimMappings.entrySet()) {
            var value = Optional.ofNullable(claims.get(mapping.getKey()));
            if (value.isPresent()) {
                if (!(value.get() instanceof String text)) {
                    throw BaoFault.badRequest("error converting claim '" + mapping.getKey() + "' to string");
                }
                metadata.put(mapping.getValue().toString(), text);
            }
        }
        return metadata;
    }
}
