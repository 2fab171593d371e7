// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.credential.CredentialKind;
import io.taskbound.client.credential.CredentialReader;
import io.taskbound.client.credential.UnusableCredential;
import io.taskbound.client.internal.JsonObject;
import java.util.Optional;

/** {@code POST /credential}: its parameters, and the reading of its answer. */
final class CredentialCall {
    private final GrantedToken granted;
    private final boolean lasting;

    private CredentialCall(GrantedToken granted, boolean lasting) {
        this.granted = granted;
        this.lasting = lasting;
    }

    /** @param lasting it cannot be fetched again, so it has to last until the token expires */
    static CredentialCall of(GrantedToken granted, boolean lasting) {
        return new CredentialCall(granted, lasting);
    }

    FormBody form() {
        var form = new FormBody()
                .with("token", granted.token().reveal())
                .with("holder_verifier", granted.holder().reveal());
        return lasting ? form.with("static", "true") : form;
    }

    /** Why there is nothing to be asked for; empty when there is. */
    Optional<Outage> objection() {
        if (granted.credentialKind().isEmpty()) {
            return Optional.of(Outage.notSent("the token stands for no credential"));
        }
        return kind().isPresent()
                ? Optional.empty()
                : Optional.of(Outage.notSent("this version does not know credentials of the kind "
                        + granted.credentialKind().get() + "; use a newer one"));
    }

    private Optional<CredentialKind> kind() {
        return granted.credentialKind().flatMap(CredentialKind::of);
    }

    CredentialAnswer read(Reply reply) {
        return reply.match(this::read, none -> new CredentialAnswer.Unavailable(none.outage()));
    }

    private CredentialAnswer read(Reply.Received received) {
        Optional<JsonObject> body = received.json();
        if (received.status() == 200) {
            return body.map(json -> delivered(json, received))
                    .orElseGet(() -> broken(received, "without a credential"));
        }
        return body.flatMap(json -> Refusal.from(
                        json, granted.token().reveal(), granted.holder().reveal()))
                .<CredentialAnswer>map(CredentialAnswer.Refused::new)
                .orElseGet(() -> broken(received, "without an OAuth error"));
    }

    private CredentialAnswer delivered(JsonObject body, Reply.Received received) {
        try {
            return new CredentialAnswer.Delivered(CredentialReader.read(body, kind().orElseThrow()));
        } catch (UnusableCredential unusable) {
            return broken(received, "with a credential that cannot be used: " + unusable.getMessage());
        }
    }

    private static CredentialAnswer broken(Reply.Received received, String missing) {
        return new CredentialAnswer.Unavailable(received.notAnIssuer(missing));
    }
}
