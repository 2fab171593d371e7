// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import io.taskbound.token.PresentedToken;
import io.taskbound.token.TaskClaims;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Reads what a record granted, and compares a presented token with it. */
public final class Recorded {
    private Recorded() {}

    /** What was granted, in the wire form of RFC 9396. */
    public static JsonArray authorizationDetails(TokenRecord record) {
        try {
            var json = StrictJson.parse(record.authorizationDetails().getBytes(StandardCharsets.UTF_8));
            if (json instanceof JsonArray details) {
                return details;
            }
        } catch (MalformedJson damaged) {
            throw new IllegalStateException("the record's authorization_details cannot be read", damaged);
        }
        throw new IllegalStateException("the record's authorization_details is not an array");
    }

    /** The {@code sub} of the token that belongs to this record. */
    public static String subject(TokenRecord record) {
        return TaskClaims.subject(record.task(), record.provider(), record.stableSubject());
    }

    /** The place of the object that permits this action on this target, or empty. */
    static OptionalInt object(TokenRecord record, String action, Identifier identifier) {
        if (AuthorizationDetails.parse(record.authorizationDetails()) instanceof AuthorizationDetails.Read granted) {
            for (int i = 0; i < granted.permissions().size(); i++) {
                var permission = granted.permissions().get(i);
                if (permission.identifier().equals(identifier)
                        && permission.actions().contains(action)) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** The token only finds the record; where the two differ, neither is believed. */
    static boolean agrees(PresentedToken token, TokenRecord record) {
        return token.jti().equals(record.jti())
                && token.audience().equals(record.audience())
                && token.expires().equals(record.expires())
                && JsonText.canonical(token.authorizationDetails()).equals(record.authorizationDetails());
    }
}
