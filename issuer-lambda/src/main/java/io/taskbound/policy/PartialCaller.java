// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Optional;

/** A caller of whom some claims are known, or all. A claim that is known is known whole, with all that is inside it. */
public final class PartialCaller {
    /** What is known of something about the caller. */
    enum Known {
        YES,
        NO,
        /** It depends on a claim that was not given. */
        OPEN
    }

    private static final String NO_SUBJECT = "unknown";

    private final Provider provider;
    private final JsonObject claims;
    private final boolean whole;
    private final Caller caller;

    /**
     * @param whole whether these are all of the caller's claims
     * @throws IllegalArgumentException when {@code sub} is not a text, or is not among them though they are all
     */
    public PartialCaller(Provider provider, JsonObject claims, boolean whole) {
        this.provider = provider;
        this.claims = claims;
        this.whole = whole;
        this.caller =
                provider.profile().describe(provider.name(), provider.issuer(), withSubject(claims, whole), "unproven");
    }

    /** No condition looks at the one that is put in. */
    private static JsonObject withSubject(JsonObject claims, boolean whole) {
        if (whole || claims.has(Condition.SUBJECT)) {
            return claims;
        }
        var members = new LinkedHashMap<>(claims.members());
        members.put(Condition.SUBJECT, new JsonString(NO_SUBJECT));
        return new JsonObject(members);
    }

    public Provider provider() {
        return provider;
    }

    Known holds(Condition condition) {
        if (!claims.has(condition.outermost())) {
            return whole ? Known.NO : Known.OPEN;
        }
        if (condition.holds(caller)) {
            return Known.YES;
        }
        boolean mayBeSpeltOtherwise = !whole
                && condition.isOn(Condition.SUBJECT)
                && provider.profile().respellsSubjects();
        return mayBeSpeltOtherwise ? Known.OPEN : Known.NO;
    }

    /** Whether the variable has a value that may stand in an identifier. */
    Known has(Rule rule, String variable) {
        if (value(rule, variable).isPresent()) {
            return Known.YES;
        }
        boolean open = !whole
                && rule.source(variable)
                        .filter(source -> !claims.has(source.claim(rule.profile())))
                        .isPresent();
        return open ? Known.OPEN : Known.NO;
    }

    Optional<String> value(Rule rule, String variable) {
        var missing = rule.source(variable)
                .filter(source -> !claims.has(source.claim(rule.profile())))
                .isPresent();
        return missing ? Optional.empty() : rule.value(variable, caller);
    }

    String actual(Condition condition) {
        return claims.has(condition.outermost()) ? condition.actual(caller) : Shown.ABSENT;
    }
}
