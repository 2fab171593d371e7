// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.approval.ApprovalAnswer;
import io.taskbound.client.approval.ApprovalsAnswer;
import io.taskbound.client.approval.Decision;
import io.taskbound.client.internal.EcKeySet;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Talks to one issuer. Every verb returns a value, whatever the issuer or the network does; each tries again by itself
 * within its {@link Patience}, with the same bytes. Thread-safe. For holders of an ID token: mint, renew, close. For
 * resource servers: introspect and redeem.
 */
public final class IssuerClient {
    private final IssuerUrl issuer;
    private final IdTokenAudience audience;
    private final Calls calls;
    private final Patience patience;
    private final HeartbeatTimer timer;

    private IssuerClient(Builder settings) {
        this.issuer = settings.issuer;
        this.audience = new IdTokenAudience(settings.issuer, settings.audiences);
        this.calls = new Calls(Calls.ISSUER, settings.transport(), settings.clock, settings.sleeper, settings.jitter);
        this.patience = settings.patience;
        this.timer = settings.timer;
    }

    /** With default settings; refuses a URL as {@link IssuerUrl#of} does. */
    public static IssuerClient at(String issuerUrl) {
        return builder(IssuerUrl.of(issuerUrl)).build();
    }

    /** For settings of your own. */
    public static Builder builder(IssuerUrl issuer) {
        return new Builder(issuer);
    }

    /** The issuer that this client talks to. */
    public IssuerUrl issuer() {
        return issuer;
    }

    /**
     * Exchanges the ID token for a task token (RFC 8693). The ID token is good for one grant. One that is for somebody
     * else than this issuer is not sent.
     */
    public MintAnswer mint(IdToken idToken, TaskRequest request) {
        return mint(idToken, request, false);
    }

    /**
     * Asks whether {@link #mint} would grant; consumes nothing, not even the ID token. An issuer that does not know dry
     * runs grants: that token must be closed.
     */
    public MintAnswer dryRun(IdToken idToken, TaskRequest request) {
        return mint(idToken, request, true);
    }

    private MintAnswer mint(IdToken idToken, TaskRequest request, boolean dryRun) {
        Optional<String> objection = audience.objection(idToken, Optional.of(request.txn()));
        if (objection.isPresent()) {
            return new MintAnswer.Unavailable(Outage.notSent(objection.get()));
        }
        MintCall call = MintCall.of(issuer, idToken, request, dryRun);
        var reply = mint(call);
        return call.read(call.wantsNonce(reply) ? mint(call) : reply);
    }

    private Reply mint(MintCall call) {
        var headers = new HashMap<String, String>(formHeaders());
        call.proof(endpoint("/token")).ifPresent(proof -> headers.put("DPoP", proof));
        var reply = calls.send(endpoint("/token"), headers, call.form().encoded(), patience);
        call.hear(reply);
        return reply;
    }

    /**
     * What waits for this person's decision. The ID token is not used up. One that is for somebody else than this
     * issuer is not sent.
     */
    public ApprovalsAnswer approvals(IdToken person) {
        var call = new ApprovalCall(issuer, person);
        return audience.objection(person, Optional.empty())
                .<ApprovalsAnswer>map(why -> new ApprovalsAnswer.Unavailable(Outage.notSent(why)))
                .orElseGet(() -> call.readList(post(ApprovalCall.PATH, call.form(), patience)));
    }

    /**
     * Shows what is to be approved. The ID token is not used up. One that is for somebody else than this issuer is not
     * sent.
     *
     * @param id of the form that {@link PendingApproval#isId} wants; another is an {@link IllegalArgumentException}
     */
    public ApprovalAnswer approval(IdToken person, String id) {
        return approval(person, id, new ApprovalCall(issuer, person).form());
    }

    /** Records a decision on what was shown. It uses up the ID token. */
    public ApprovalAnswer decide(IdToken person, Decision decision) {
        return approval(person, decision.shown().id(), new ApprovalCall(issuer, person).form(decision));
    }

    private ApprovalAnswer approval(IdToken person, String id, FormBody form) {
        if (!PendingApproval.isId(id)) {
            throw new IllegalArgumentException("id must be 22 and 43 characters of base64url");
        }
        return audience.objection(person, Optional.empty())
                .<ApprovalAnswer>map(why -> new ApprovalAnswer.Unavailable(Outage.notSent(why)))
                .orElseGet(() ->
                        new ApprovalCall(issuer, person).read(post(ApprovalCall.PATH + "/" + id, form, patience), id));
    }

    /**
     * Extends the lease of a living token, never its expiry. Not needed while a {@link HeldToken} does it.
     *
     * @param holder of the request that the token was granted to
     */
    public RenewAnswer renew(TaskToken token, HolderVerifier holder) {
        return renew(token, holder, patience);
    }

    RenewAnswer renew(TaskToken token, HolderVerifier holder, Patience within) {
        var form = new FormBody().with("token", token.reveal()).with("holder_verifier", holder.reveal());
        return RenewCall.read(post("/renew", form, within), token, holder);
    }

    /**
     * Fetches the credential that a token stands for: see {@link GrantedToken#credentialKind}. Fetching again is the
     * holder's alone; where {@link io.taskbound.client.credential.Credential#refreshed} says so, it has to follow each
     * heartbeat.
     */
    public CredentialAnswer credential(GrantedToken granted) {
        return credential(CredentialCall.of(granted, false), patience);
    }

    /**
     * The same for a host that can hand it out only once: it lasts until the token expires, whatever the lease. Prefer
     * {@link #credential}, whose credential is dead sooner after a crash.
     */
    public CredentialAnswer lastingCredential(GrantedToken granted) {
        return credential(CredentialCall.of(granted, true), patience);
    }

    CredentialAnswer refreshedCredential(GrantedToken granted, Patience within) {
        return credential(CredentialCall.of(granted, false), within);
    }

    private CredentialAnswer credential(CredentialCall call, Patience within) {
        return call.objection()
                .<CredentialAnswer>map(CredentialAnswer.Unavailable::new)
                .orElseGet(() -> call.read(post("/credential", call.form(), within)));
    }

    /** Closes a token; possession is enough (RFC 7009). */
    public CloseAnswer close(TaskToken token) {
        var form = new FormBody().with("token", token.reveal());
        return CloseCall.read(post("/revoke", form, Patience.CLOSING), token.reveal());
    }

    /**
     * Closes tokens of the caller's own run. The ID token must be unexpired; it may have been used, and is not
     * consumed. One that is for somebody else than this issuer is not sent.
     */
    public CloseAnswer close(IdToken idToken, TokensToClose which) {
        Optional<String> objection = audience.objection(idToken, Optional.empty());
        if (objection.isPresent()) {
            return new CloseAnswer.Unavailable(Outage.notSent(objection.get()));
        }
        var form = new FormBody().with("subject_token", idToken.text()).with("handle", which.wire());
        return CloseCall.read(post("/revoke", form, Patience.CLOSING), idToken.text());
    }

    /**
     * What the issuer knows of a token, signed: who asked for it, what for, its uses and its end. The token may be
     * alive or dead; nothing changes. {@link io.taskbound.client.receipt.ReceiptVerifier} verifies it.
     *
     * @param holder of the request that the token was granted to
     */
    public ReceiptAnswer receipt(TaskToken token, HolderVerifier holder) {
        var form = new FormBody().with("token", token.reveal()).with("holder_verifier", holder.reveal());
        return ReceiptCall.read(receipt(form), token.reveal(), holder.reveal());
    }

    /**
     * The same of a token of the caller's own run, by its handle. The ID token must be unexpired; it may have been
     * used, and is not consumed. One that is for somebody else than this issuer is not sent.
     */
    public ReceiptAnswer receipt(IdToken idToken, String handle) {
        Optional<String> objection = audience.objection(idToken, Optional.empty());
        if (objection.isPresent()) {
            return new ReceiptAnswer.Unavailable(Outage.notSent(objection.get()));
        }
        var form = new FormBody().with("subject_token", idToken.text()).with("handle", handle);
        return ReceiptCall.read(receipt(form), idToken.text());
    }

    private Reply receipt(FormBody form) {
        return calls.upTo(ReceiptCall.MAX_BYTES)
                .send(endpoint("/receipt"), formHeaders(), form.encoded(), Patience.CLOSING);
    }

    /** The issuer's public keys as it publishes them, to keep beside a receipt and to verify it with. */
    public KeysAnswer publishedKeys() {
        return new KeyFetch(issuer, calls)
                .reply()
                .match(IssuerClient::published, none -> new KeysAnswer.Unavailable(none.outage()));
    }

    private static KeysAnswer published(Reply.Received received) {
        var text = KeyFetch.text(received);
        return received.status() == 200 && !EcKeySet.read(text).isEmpty()
                ? new KeysAnswer.Published(text)
                : new KeysAnswer.Unavailable(received.notAnIssuer("without usable keys"));
    }

    /** Asks whether a token is alive, without using it (RFC 7662). Whether it permits the task is yours to check. */
    public IntrospectAnswer introspect(ServerCredentials server, TaskToken token) {
        var form = new FormBody().with("token", token.reveal());
        return ServerCall.introspected(post("/introspect", form, server), server.secret(), token.reveal());
    }

    /**
     * Uses a token once, for one action on one identifier: the answer that allows it is also what counts it. If an
     * answer is lost, the same use is asked for again, and counts once.
     */
    public RedeemAnswer redeem(ServerCredentials server, TaskToken token, Use use) {
        var reply = redemption(server, token, use);
        var answer = ServerCall.redeemed(reply, server.secret(), token.reveal());
        return answer instanceof RedeemAnswer.Repeated && reply.lostOne() && !use.repeatAllowed()
                ? ownUse(ServerCall.redeemed(
                        redemption(server, token, use.allowingRepeat()), server.secret(), token.reveal()))
                : answer;
    }

    /** The answer to an earlier try of this very call got lost, so it was this call that was counted. */
    private static RedeemAnswer ownUse(RedeemAnswer answer) {
        return answer instanceof RedeemAnswer.Repeated repeated
                ? repeated.token().<RedeemAnswer>map(RedeemAnswer.Redeemed::new).orElse(answer)
                : answer;
    }

    private Reply redemption(ServerCredentials server, TaskToken token, Use use) {
        var form = new FormBody()
                .with("token", token.reveal())
                .with("action", use.action())
                .with("identifier", use.identifier())
                .with("use_id", use.useId());
        use.proof()
                .ifPresent(proof -> form.with("dpop", proof.jwt())
                        .with("htm", proof.method())
                        .with("htu", proof.url().toString()));
        return post("/redeem", use.repeatAllowed() ? form.with("repeat", "allowed") : form, server);
    }

    /** Takes charge of a granted token: heartbeat while it is held, close at the end. */
    public HeldToken hold(GrantedToken granted, LeaseListener listener) {
        var hold = new TokenHold(
                () -> this,
                granted.token(),
                granted.holder(),
                granted.handle(),
                granted.expiresAt(),
                listener,
                granted.proofKey(),
                calls.clock());
        var held = new HeldToken(granted, hold, this);
        held.startHeartbeat(timer);
        return held;
    }

    private Reply post(String path, FormBody form, Patience within) {
        return calls.send(endpoint(path), formHeaders(), form.encoded(), within);
    }

    private Reply post(String path, FormBody form, ServerCredentials server) {
        var headers = new HashMap<String, String>(formHeaders());
        headers.put("Authorization", server.basicHeader());
        return calls.send(endpoint(path), headers, form.encoded(), patience);
    }

    private URI endpoint(String path) {
        return issuer.endpoint(path);
    }

    private static Map<String, String> formHeaders() {
        return Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
    }

    /** Settings of a client; every one has a default. */
    public static final class Builder {
        private final IssuerUrl issuer;
        private final List<String> audiences = new ArrayList<>();
        private Optional<Transport> transport = Optional.empty();
        private Clock clock = Settings.clock();
        private Sleeper sleeper = Settings.sleeper();
        private DoubleSupplier jitter = Settings.jitter();
        private Patience patience = Patience.DEFAULT;
        private HeartbeatTimer timer = HeartbeatTimer.daemon();

        private Builder(IssuerUrl issuer) {
            this.issuer = issuer;
        }

        /**
         * An audience that the issuer's policy expects of ID tokens instead of the issuer's URL; may be called again.
         * It must not come from where an attacker could have put the issuer's URL without it: who names both gets ID
         * tokens for this audience.
         */
        public Builder idTokenAudience(String value) {
            audiences.add(value);
            return this;
        }

        /** How requests are sent; by default {@link HttpTransport#create}. */
        public Builder transport(Transport value) {
            transport = Optional.of(value);
            return this;
        }

        /** For the times of a grant and for deadlines; by default the machine's clock. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        Builder sleeper(Sleeper value) {
            sleeper = value;
            return this;
        }

        /** For every verb but close, which has {@link Patience#CLOSING}, and the heartbeat, which fits its lease. */
        public Builder patience(Patience value) {
            patience = value;
            return this;
        }

        /** Numbers from 0 up to 1, without 1. */
        Builder jitter(DoubleSupplier value) {
            jitter = value;
            return this;
        }

        Builder timer(HeartbeatTimer value) {
            timer = value;
            return this;
        }

        private Transport transport() {
            return transport.orElseGet(HttpTransport::create);
        }

        /** A client with these settings; the builder may be used again. */
        public IssuerClient build() {
            return new IssuerClient(this);
        }
    }
}
