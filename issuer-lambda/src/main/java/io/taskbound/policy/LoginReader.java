// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Login;
import io.taskbound.identity.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code login} of a provider: that the page may log people in there. */
final class LoginReader {
    /** The only profile whose ID tokens are for people. */
    private static final String PROFILE = "generic";

    private final DocumentReader reader;
    private final Faults faults;

    LoginReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Optional<Login> read(Place place, Optional<Profile> profile) {
        var fields = reader.fields(place, "scopes");
        if (profile.filter(other -> !other.name().equals(PROFILE)).isPresent()) {
            faults.error(
                    FaultCode.LOGIN,
                    place,
                    "is for a provider whose profile is " + PROFILE + ": CI systems log nobody in here",
                    "remove login, or name the identity provider of your people in an entry of its own");
            return Optional.empty();
        }
        return fields.flatMap(read -> read.find("scopes").map(this::scopes).orElse(Optional.of(Login.DEFAULT_SCOPES)))
                .map(Login::new);
    }

    private Optional<List<String>> scopes(Place place) {
        var scopes = new ArrayList<String>();
        boolean whole = true;
        for (var item : reader.items(place, 1, Login.MAX_SCOPES)) {
            var scope = reader.text(item, Login.MAX_SCOPE_LENGTH);
            scope.filter(scopes::contains)
                    .ifPresent(twice ->
                            faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them"));
            scope.ifPresent(scopes::add);
            whole &= scope.isPresent();
        }
        // What is not a text, or absent, has its fault already.
        var flaw = whole && !scopes.isEmpty() ? Login.flaw(scopes) : Optional.<String>empty();
        flaw.ifPresent(
                what -> faults.error(FaultCode.LOGIN, place, what, "write scopes: [openid, profile], or leave it out"));
        return whole && !scopes.isEmpty() && flaw.isEmpty() ? Optional.of(scopes) : Optional.empty();
    }
}
