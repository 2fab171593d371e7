// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialService;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.json.JsonObject;
import io.taskbound.outbound.Deadline;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.outbound.Reply;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Client tokens of OpenBao or HashiCorp Vault: the issuer logs in by the JWT auth method with a JWT of its own, hands
 * the client token out and revokes it by its accessor. Nothing is handed out that cannot be revoked or that may outlive
 * the task token: before the step's login the issuer logs in as who revokes, and with that looks up what it was given.
 */
public final class OpenbaoService implements CredentialService<OpenbaoAccess> {
    /** That clocks may differ, and that the step's login came a moment after the task token was made. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final Duration EXCHANGE = Duration.ofMillis(7_000);
    /** With what is left after the exchange, what is not handed out is revoked. */
    private static final Duration WHOLE = Duration.ofMillis(9_500);

    private final LoginJwts jwts;
    private final OpenbaoApi api;
    private final Clock clock;

    /**
     * @param issuer the issuer's own URL
     * @param keys of task tokens
     * @param http which hosts may be called, and through what
     */
    public OpenbaoService(String issuer, SigningKeys keys, OutboundHttp http, Clock clock) {
        this.jwts = new LoginJwts(issuer, keys);
        this.api = new OpenbaoApi(http);
        this.clock = clock;
    }

    /** Provided that the role's tokens do not live longer than {@link #issue} accepts. */
    @Override
    public Instant mayLiveUntil(OpenbaoAccess access, CredentialOrder order) {
        return order.expires().plus(SKEW);
    }

    @Override
    public ForeignCredential issue(OpenbaoAccess access, CredentialOrder order)
            throws CredentialRefused, CredentialUnavailable {
        var deadline = Deadline.in(EXCHANGE);
        var mount = Mount.of(access.server());
        try (var revoker = revoker(mount, deadline, Deadline.in(WHOLE))) {
            var role = access.server().role();
            var reply = answer(mount, role, signed(() -> jwts.forStep(access, order)), deadline);
            var login = Login.read(reply.json());
            if (login.isEmpty()) {
                throw unusable(role, reply, revoker);
            }
            return credential(access, login.get(), checked(access, order, login.get(), revoker, deadline));
        }
    }

    /** Logs in as who revokes, before anything is made that would have to be revoked. */
    private Revoker revoker(Mount mount, Deadline deadline, Deadline last)
            throws CredentialRefused, CredentialUnavailable {
        var role = mount.revokeRole();
        var now = clock.instant();
        try {
            var reply = answer(mount, role, signed(() -> jwts.forRevoking(mount.audience(), now)), deadline);
            var login = Login.read(reply.json()).orElseThrow(() -> unusable(role, Optional.empty()));
            return new Revoker(api, mount, login, last);
        } catch (CredentialUnavailable e) {
            // If it was made after all, nobody has it, and it opens nothing of the step's.
            throw new CredentialUnavailable(String.valueOf(e.getMessage()), false, e.retryAfter());
        }
    }

    /** One of status 200. */
    private Reply answer(Mount mount, String role, String jwt, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        var reply = api.login(mount, role, jwt, deadline);
        if (reply.status() == 200) {
            return reply;
        }
        if (Answers.refusesLogin(reply)) {
            throw Answers.refused(reply, mount, role);
        }
        throw Answers.unavailable("login " + role, reply, true);
    }

    /** What it named, if it named anything, is revoked. */
    private static CredentialUnavailable unusable(String role, Reply reply, Revoker revoker)
            throws CredentialUnavailable {
        var accessor = Login.accessor(reply.json());
        if (accessor.isPresent()) {
            revoker.revoke(accessor.get());
        }
        return unusable(role, accessor);
    }

    private static CredentialUnavailable unusable(String role, Optional<String> revoked) {
        return new CredentialUnavailable(
                "login " + role + ": 200, but with no token that can be used", revoked.isEmpty(), Optional.empty());
    }

    /**
     * When it is dead however often the step renews it, by our clock.
     *
     * @throws CredentialRefused when that is past the end of the task token, or unknown; it is revoked then
     */
    private Instant checked(
            OpenbaoAccess access, CredentialOrder order, Login login, Revoker revoker, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        var role = access.server().role();
        if (!login.isRevocable()) {
            throw new CredentialRefused(
                    "OpenBao's role " + role + " makes batch tokens, which cannot be revoked; whoever runs OpenBao sets"
                            + " its token_type to service.",
                    "login " + role + ": a batch token that nobody gets and that lives "
                            + login.life().toSeconds() + " s");
        }
        try {
            var looked = revoker.lookUp(login.accessor(), deadline);
            var longest = Lifetime.longest(looked).orElseThrow(() -> endless(role));
            var until = clock.instant().plus(longest);
            if (until.isAfter(order.expires().plus(SKEW))) {
                throw tooLong(role, longest);
            }
            return until;
        } catch (CredentialRefused | CredentialUnavailable notHandedOut) {
            revoker.discard(login, String.valueOf(notHandedOut.getMessage()));
            throw notHandedOut;
        }
    }

    private static CredentialRefused endless(String role) {
        return new CredentialRefused(
                "Tokens of OpenBao's role " + role + " can be renewed past the end of the task; whoever runs OpenBao"
                        + " sets its token_explicit_max_ttl.",
                "lookup-accessor: no explicit_max_ttl");
    }

    private static CredentialRefused tooLong(String role, Duration longest) {
        return new CredentialRefused(
                "Tokens of OpenBao's role " + role + " live " + longest.toSeconds() + " s, which is past the end of the"
                        + " task token; whoever runs OpenBao sets its token_explicit_max_ttl to the task's lifetime or"
                        + " less.",
                "lookup-accessor: explicit_max_ttl " + longest.toSeconds() + " s");
    }

    private static ForeignCredential credential(OpenbaoAccess access, Login login, Instant until) {
        var server = access.server();
        return new ForeignCredential(
                JsonObject.builder().put("token", login.clientToken()).build(),
                JsonObject.builder()
                        .put("address", server.address().toString())
                        .putIfPresent("namespace", server.namespace())
                        .build(),
                until,
                Optional.of(new Revocation(Mount.of(server), login.accessor()).text()));
    }

    @Override
    public void revoke(String revocation) throws CredentialUnavailable {
        var kept = Revocation.read(revocation)
                .orElseThrow(() -> new CredentialUnavailable(
                        "revoke: what is kept does not name a token", false, Optional.empty()));
        try (var revoker = revoker(kept.mount(), Deadline.in(EXCHANGE), Deadline.in(WHOLE))) {
            revoker.revoke(kept.accessor());
        } catch (CredentialRefused notAsItIsSetUp) {
            throw new CredentialUnavailable("revoke: " + notAsItIsSetUp.detail(), false, Optional.empty());
        }
    }

    private interface Signing {
        String sign() throws SignerUnavailable;
    }

    private static String signed(Signing signing) throws CredentialUnavailable {
        try {
            return signing.sign();
        } catch (SignerUnavailable e) {
            throw new CredentialUnavailable("login: " + e.getMessage(), false, Optional.empty());
        }
    }
}
