// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import io.taskbound.json.JsonObject;
import io.taskbound.ledger.CredentialPhase;
import io.taskbound.ledger.CredentialRecord;
import java.time.Instant;
import java.util.Optional;

/** What a receipt, and whoever asks for a token's record, is told of the foreign credential of a token. */
public final class CredentialStory {
    private final CredentialRecord credential;
    private final boolean over;

    /** @param now what has died by then is over, whether or not anybody has written that down */
    public CredentialStory(CredentialRecord credential, Instant now) {
        this.credential = credential;
        this.over = !credential.phase().isOver() && !now.isBefore(credential.aliveUntil());
    }

    public JsonObject json() {
        var story = JsonObject.builder()
                .put("kind", credential.kind())
                .put("state", state())
                .put("deliveries", credential.deliveries())
                .put("asked", credential.asked().toString())
                .put("alive_until", credential.aliveUntil().toString());
        var ended = over ? Optional.of(credential.aliveUntil()) : credential.ended();
        ended.ifPresent(at -> story.put("ended", at.toString()));
        return story.build();
    }

    /** {@code asked}, {@code unheard}, {@code delivered}, {@code not_made}, {@code revoked} or {@code expired}. */
    public String state() {
        return over ? "expired" : state(credential.phase());
    }

    private static String state(CredentialPhase phase) {
        return switch (phase) {
            case ASKED -> "asked";
            case LOST -> "unheard";
            case DELIVERED -> "delivered";
            case NOT_MADE -> "not_made";
            case REVOKED -> "revoked";
            case EXPIRED -> "expired";
        };
    }
}
