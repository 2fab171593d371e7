// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The token exchange (RFC 8693 section 2): its parameters, and the reading of its answer. */
final class MintCall {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    private final IssuerUrl issuer;
    private final IdToken idToken;
    private final TaskRequest request;
    private final boolean dryRun;

    private MintCall(IssuerUrl issuer, IdToken idToken, TaskRequest request, boolean dryRun) {
        this.issuer = issuer;
        this.idToken = idToken;
        this.request = request;
        this.dryRun = dryRun;
    }

    static MintCall of(IssuerUrl issuer, IdToken idToken, TaskRequest request, boolean dryRun) {
        return new MintCall(issuer, idToken, request, dryRun);
    }

    FormBody form() {
        var form = new FormBody()
                .with("grant_type", GRANT)
                .with("subject_token", idToken.text())
                .with("subject_token_type", ID_TOKEN)
                .with("authorization_details", request.detailsAsJson())
                .with("txn", request.txn().toString())
                .with("holder_challenge", request.holder().challenge());
        request.resource().map(URI::toString).ifPresent(value -> form.with("resource", value));
        request.lifetime().map(MintCall::seconds).ifPresent(value -> form.with("requested_expires_in", value));
        request.lease().map(MintCall::seconds).ifPresent(value -> form.with("lease", value));
        return dryRun ? form.with("dry_run", "true") : form;
    }

    /** The proof of the key that the request offers (RFC 9449 section 5). */
    Optional<String> proof(URI endpoint) {
        return request.proofKey().map(key -> key.proof("POST", endpoint, key.lastNonce()));
    }

    /** Keeps the nonce that came with an answer, for the next proof (RFC 9449 section 8.2). */
    void hear(Reply reply) {
        var nonce = reply.match(MintCall::nonce, none -> Optional.<String>empty());
        request.proofKey().ifPresent(key -> nonce.ifPresent(key::heard));
    }

    /** Whether the issuer refused only for want of its nonce, so that one more try is due. */
    boolean wantsNonce(Reply reply) {
        return reply.match(
                received -> nonce(received).isPresent()
                        && received.json()
                                .flatMap(body -> body.text("error"))
                                .filter("use_dpop_nonce"::equals)
                                .isPresent(),
                none -> false);
    }

    private static Optional<String> nonce(Reply.Received received) {
        return received.answer().header("DPoP-Nonce").flatMap(ActiveToken::nonce);
    }

    MintAnswer read(Reply reply) {
        return reply.match(this::read, none -> new MintAnswer.Unavailable(none.outage()));
    }

    private MintAnswer read(Reply.Received received) {
        Optional<JsonObject> body = received.json();
        if (received.status() == 200) {
            return body.flatMap(json -> wouldGrant(json).or(() -> granted(json, received.sentAt())))
                    .orElseGet(() -> broken(received, "without a whole grant"));
        }
        return body.flatMap(json -> Refusal.from(json, idToken.text()).map(refusal -> no(refusal, json, received)))
                .orElseGet(() -> broken(received, "without an OAuth error"));
    }

    private MintAnswer no(Refusal refusal, JsonObject body, Reply.Received received) {
        if (!PendingApproval.isCode(refusal.code())) {
            return new MintAnswer.Refused(refusal, received.lostOne(), PendingApproval.idOf(body));
        }
        return PendingApproval.from(body, issuer, received.sentAt())
                .<MintAnswer>map(MintAnswer.Pending::new)
                .orElseGet(() -> broken(received, "without saying what is to be approved"));
    }

    private Optional<MintAnswer> wouldGrant(JsonObject body) {
        return body.flag("would_grant")
                .filter(yes -> dryRun && yes)
                .flatMap(yes -> body.texts("needs_approval"))
                .map(groups -> new MintAnswer.WouldGrant(
                        groups.stream().map(Printable::of).toList()));
    }

    private Optional<MintAnswer> granted(JsonObject body, Instant sentAt) {
        Optional<TaskToken> token = body.text("access_token").flatMap(TaskToken::received);
        Optional<String> handle = body.text("jti").filter(text -> text.matches("[A-Za-z0-9_.-]{1,128}"));
        Optional<Instant> expires = Seconds.of(body, "expires_in").map(sentAt::plus);
        Optional<List<TaskDetail>> details = TaskDetail.allFrom(body);
        Optional<Duration> lease = Seconds.of(body, "lease_expires_in");
        Optional<String> kind = body.text("credential_kind").filter(text -> text.matches("[a-z0-9-]{1,64}"));
        boolean isWhole =
                lease.isPresent() == body.has("lease_expires_in") && kind.isPresent() == body.has("credential_kind");
        if (token.isEmpty()
                || handle.isEmpty()
                || expires.isEmpty()
                || details.isEmpty()
                || !isWhole
                || !HandleInToken.isNamed(token.get(), handle.get())
                || !isOurs(body)) {
            return Optional.empty();
        }
        return Optional.of(new MintAnswer.Granted(new GrantedToken(
                token.get(),
                request.holder(),
                handle.get(),
                request.txn(),
                expires.get(),
                lease,
                details.get(),
                kind,
                request.proofKey().filter(key -> bound(body).orElse(false)))));
    }

    /** RFC 9449 section 5: the type says whether the token was bound to the key that was offered. */
    private Optional<Boolean> bound(JsonObject body) {
        var type = body.text("token_type").orElse("");
        if (type.equalsIgnoreCase("Bearer")) {
            return Optional.of(false);
        }
        return type.equalsIgnoreCase("DPoP") && request.proofKey().isPresent() ? Optional.of(true) : Optional.empty();
    }

    private boolean isOurs(JsonObject body) {
        return bound(body).isPresent()
                && body.text("txn").filter(request.txn().toString()::equals).isPresent();
    }

    private static MintAnswer broken(Reply.Received received, String missing) {
        return new MintAnswer.Unavailable(received.notAnIssuer(missing));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
