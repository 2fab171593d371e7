// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.json.JsonObject;
import io.taskbound.outbound.Deadline;
import java.util.Optional;

/**
 * The issuer, logged in with the role that may look tokens up by their accessors and revoke them, for the time of one
 * exchange. Closing it ends that login, unless it is a batch token, which ends by itself.
 */
final class Revoker implements AutoCloseable {
    private final OpenbaoApi api;
    private final Mount mount;
    private final Login login;
    private final Deadline last;

    /** @param last when it has to be over, the closing too */
    Revoker(OpenbaoApi api, Mount mount, Login login, Deadline last) {
        this.api = api;
        this.mount = mount;
        this.login = login;
        this.last = last;
    }

    /** What OpenBao says of a token, for {@link Lifetime}. */
    JsonObject lookUp(String accessor, Deadline deadline) throws CredentialRefused, CredentialUnavailable {
        var reply = api.lookUp(mount, login.clientToken(), accessor, deadline);
        if (reply.status() == 403) {
            throw new CredentialRefused(
                    "The issuer may not look up the token that OpenBao gave it; whoever runs OpenBao gives the role "
                            + mount.revokeRole() + " the policy that the documentation shows.",
                    "lookup-accessor: 403");
        }
        if (reply.status() != 200) {
            throw Answers.unavailable("lookup-accessor", reply, false);
        }
        return Lifetime.about(reply.json(), accessor)
                .orElseThrow(() -> new CredentialUnavailable(
                        "lookup-accessor: 200, but nothing about this token", false, Optional.empty()));
    }

    /** Returns when OpenBao says that the token is gone. */
    void revoke(String accessor) throws CredentialUnavailable {
        var reply = api.revoke(mount, login.clientToken(), accessor, last);
        if (!Answers.saysGone(reply)) {
            throw Answers.unavailable("revoke-accessor", reply, false);
        }
    }

    /** Ends a token that is not handed out: by its accessor, or else by itself. */
    void discard(Login other, String why) throws CredentialUnavailable {
        try {
            revoke(other.accessor());
        } catch (CredentialUnavailable tryTheOtherWay) {
            var reply = api.revokeSelf(mount, other.clientToken(), last);
            if (reply.status() != 204) {
                throw new CredentialUnavailable(
                        why + "; then " + tryTheOtherWay.getMessage() + ", revoke-self: " + reply.status(),
                        true,
                        Optional.empty());
            }
        }
    }

    @Override
    public void close() {
        if (!login.isRevocable()) {
            return;
        }
        try {
            // By its accessor too, for which its policy is; it may have none for revoking itself.
            api.revoke(mount, login.clientToken(), login.accessor(), last);
        } catch (CredentialUnavailable itEndsByItself) {
            // It was in this process alone, and its role says when it ends.
        }
    }
}
