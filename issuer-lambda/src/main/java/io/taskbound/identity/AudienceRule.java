// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.task.Txn;
import java.util.Optional;

/**
 * The ID token must be meant for us and nobody else: one audience, as a string or an array of one, equal to the
 * provider's but for one trailing slash (RFC 8725 section 3.9). More than one audience is refused (threat model R13).
 */
final class AudienceRule {

    private AudienceRule() {}

    static Optional<Rejected> rejection(JsonObject claims, Provider provider, Purpose use) {
        var audience = claims.get("aud").flatMap(AudienceRule::only);
        if (audience.isEmpty()) {
            return Optional.of(Rejected.of(Rejection.WRONG_AUDIENCE, "not exactly one audience"));
        }
        boolean ours = isOurs(audience.get(), provider)
                || (provider.profile().audienceCarriesTxn() && isOursForOneTask(audience.get(), provider, use));
        return ours
                ? Optional.empty()
                : Optional.of(Rejected.of(Rejection.WRONG_AUDIENCE, difference(audience.get(), provider)));
    }

    /** For the policy's owner: which of the two to change is theirs to know. */
    private static String difference(String audience, Provider provider) {
        // What stands behind the mark is the request's txn.
        var named = provider.profile().audienceCarriesTxn() ? audience.split("#", 2)[0] : audience;
        return "the ID token is for " + IssuerDifference.shown(named) + ", and the policy's audience is "
                + provider.audience()
                + IssuerDifference.small(audience, provider.audience())
                        .map(small -> "; they differ by: " + small)
                        .orElse("");
    }

    private static Optional<String> only(JsonValue value) {
        if (value instanceof JsonArray array && array.items().size() == 1) {
            return text(array.items().get(0));
        }
        return text(value);
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    private static boolean isOurs(String audience, Provider provider) {
        return withoutSlash(audience).equals(withoutSlash(provider.audience()));
    }

    /** Jenkins' ID tokens have no {@code jti}; the task's {@code txn} in the audience makes two of them differ. */
    private static boolean isOursForOneTask(String audience, Provider provider, Purpose use) {
        int mark = audience.lastIndexOf('#');
        return mark >= 0
                && isOurs(audience.substring(0, mark), provider)
                && isGoodFor(use, audience.substring(mark + 1));
    }

    private static boolean isGoodFor(Purpose use, String txn) {
        if (use instanceof Purpose.Exchange exchange) {
            return exchange.txn().map(txn::equals).orElse(false);
        }
        return Txn.isValid(txn);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
