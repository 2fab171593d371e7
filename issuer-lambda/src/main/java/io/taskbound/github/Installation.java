// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An App in one organization or user account.
 *
 * @param login the account's name, which can change
 */
record Installation(long id, String accountId, String login, boolean suspended) {
    /** Empty for an installation of another kind, such as in an enterprise, whose ids are numbers of their own. */
    static Optional<Installation> read(JsonValue item) {
        if (!(item instanceof JsonObject installation)) {
            return Optional.empty();
        }
        var account = installation.object("account").orElse(JsonObject.EMPTY);
        OptionalLong id = installation.wholeNumber("id");
        OptionalLong accountId = account.wholeNumber("id");
        var login = account.string("login");
        var ofAnAccount = installation
                .string("target_type")
                .filter(type -> type.equals("Organization") || type.equals("User"))
                .isPresent();
        return ofAnAccount && id.isPresent() && id.getAsLong() > 0 && accountId.isPresent() && login.isPresent()
                ? Optional.of(new Installation(
                        id.getAsLong(),
                        Long.toString(accountId.getAsLong()),
                        login.get(),
                        installation.string("suspended_at").isPresent()))
                : Optional.empty();
    }
}
