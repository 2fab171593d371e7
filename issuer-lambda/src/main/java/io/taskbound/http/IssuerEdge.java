// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.issuer.Approve;
import io.taskbound.issuer.Close;
import io.taskbound.issuer.CredentialEnds;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Deliver;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.Evaluate;
import io.taskbound.issuer.Introspect;
import io.taskbound.issuer.Mint;
import io.taskbound.issuer.PublishStatus;
import io.taskbound.issuer.ReceiptRequest;
import io.taskbound.issuer.Receipts;
import io.taskbound.issuer.Redeem;
import io.taskbound.issuer.Refusal;
import io.taskbound.issuer.Renew;
import io.taskbound.issuer.RunEnd;
import io.taskbound.issuer.Signing;
import io.taskbound.issuer.StatusAddress;
import io.taskbound.issuer.SweepCredentials;
import io.taskbound.issuer.SweepWindows;
import io.taskbound.issuer.TokenState;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.metrics.Meters;
import io.taskbound.token.Jti;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The issuer's HTTP surface: one request in, one JSON answer out, in any server. */
public final class IssuerEdge {
    /** A cache may keep keys and metadata this long; a new key must be published that long before it signs. */
    private static final String PUBLIC_CACHE = "public, max-age=300";

    public static final String HEALTH_PATH = "/healthz";

    private static final String TOKEN_PATH = "/token";

    private static final String APPROVALS_PATH = "/approvals";

    /** The hook's name follows. */
    private static final String HOOKS_PATH = "/hooks/";

    /** RFC 6585 section 4. */
    private static final int TOO_MANY_REQUESTS = 429;

    private final Map<String, Endpoint> posts;
    private final Receipts receipts;
    private final Map<String, Supplier<JsonObject>> documents;
    private final RunEnd runEnd;
    private final Approve approve;
    private final OnFirstUse<ApprovalPage> page;
    private final PublishStatus statusLists;
    private final Optional<SweepCredentials> credentialSweep;
    private final SweepWindows windowSweep;
    private final NonceHeader nonces;
    private final Answers answers;
    private final RequestRefusals refusals;
    private final CurrentPolicy policy;
    private final SigningKeys keys;
    private final Consumer<AuditLine> audit;
    private final Consumer<String> operatorLog;
    private final Meters meters;
    private final Clock clock;

    /** @throws IllegalArgumentException when the policy trusts this very issuer as a provider */
    public IssuerEdge(IssuerParts parts) {
        this(parts, Meters.off());
    }

    /**
     * @param meters watches each request; to fetch provider keys watched too, hand its fetcher to the policy
     * @throws IllegalArgumentException when the policy trusts this very issuer as a provider
     */
    public IssuerEdge(IssuerParts parts, Meters meters) {
        var issuer = parts.issuerUrl();
        CurrentPolicy.requireOthers(parts.policy().now().policy(), issuer);
        this.keys = parts.signer();
        var tokens = new TaskTokenVerifier(issuer, keys::published);
        this.policy = parts.policy();
        var ledger = meters.watching(parts.ledger());
        var executor = meters.watching(parts.executor());
        this.meters = meters;
        this.audit = meters.watching(parts.audit());
        this.operatorLog = parts.operatorLog();
        var signing = new Signing(issuer, keys, executor, meters.stopwatch());
        var mint = new Mint(issuer, policy, ledger, signing, audit, meters.stopwatch());
        var credentialEnds = new CredentialEnds(policy, ledger, parts.delivering(), audit);
        var close = new Close(policy, ledger, tokens, credentialEnds, audit);
        var renew = new Renew(policy, ledger, tokens, credentialEnds, audit);
        var introspect = new Introspect(policy, ledger, tokens, executor, audit);
        this.runEnd = new RunEnd(policy, ledger, parts.hookSecrets(), credentialEnds, audit);
        var redeem = new Redeem(policy, ledger, tokens, executor, audit);
        this.receipts = new Receipts(issuer, policy, ledger, tokens, keys, audit, meters.stopwatch());
        this.statusLists = new PublishStatus(issuer, ledger, keys);
        this.nonces = new NonceHeader(ledger);
        this.answers = new Answers(issuer);
        this.approve = new Approve(issuer, policy, ledger, audit);
        this.page = new OnFirstUse<>(() -> ApprovalPage.of(parts, approve, this::tell));
        this.refusals = new RequestRefusals(issuer, this::tell);
        this.clock = parts.clock();
        var posts = new HashMap<String, Endpoint>(Map.of(
                TOKEN_PATH,
                (request, id, now) -> answers.mint(mint.mint(MintForm.read(request), id, now), id, now),
                "/revoke",
                (request, id, now) -> answers.close(close.close(CloseForm.read(Form.of(request)), id, now), id),
                "/renew",
                (request, id, now) ->
                        answers.renew(renew.renew(RenewForm.read(Form.of(request)), id, now), nonces, id, now),
                APPROVALS_PATH,
                (request, id, now) -> answers.approvals(approve.pending(MintForm.proof(Form.of(request)), id, now), id),
                "/receipt",
                (request, id, now) ->
                        answers.receipt(receipts.receipt(ReceiptForm.read(Form.of(request)), id, now), id),
                "/introspect",
                (request, id, now) -> answers.state(introspect(introspect, request, id, now), id),
                "/redeem",
                (request, id, now) -> answers.state(
                        redeem.redeem(BasicCredentials.of(request), RedeemForm.read(Form.of(request)), id, now), id)));
        parts.delivering()
                .map(with -> new Deliver(policy, ledger, tokens, with, audit))
                .ifPresent(deliver -> posts.put(
                        "/credential",
                        (request, id, now) -> answers.credential(
                                deliver.deliver(CredentialForm.read(Form.of(request)), id, now), id)));
        var access = new AccessApi(new Evaluate(policy, ledger, tokens, executor, redeem, audit), answers);
        posts.put(AccessApi.EVALUATION, access::evaluation);
        posts.put(AccessApi.EVALUATIONS, access::evaluations);
        this.posts = Map.copyOf(posts);
        this.windowSweep = new SweepWindows(policy, parts.ledger(), credentialEnds, audit, operatorLog, parts.clock());
        this.credentialSweep = parts.delivering()
                .map(with -> new SweepCredentials(policy, parts.ledger(), with, audit, operatorLog, parts.clock()));
        var metadata = Metadata.of(issuer);
        var accessMetadata = AccessMetadata.of(issuer);
        this.documents = Map.of(
                "/.well-known/jwks.json",
                keys::published,
                "/.well-known/oauth-authorization-server",
                () -> metadata,
                "/.well-known/openid-configuration",
                () -> metadata,
                AccessMetadata.PATH,
                () -> accessMetadata);
    }

    @FunctionalInterface
    private interface Endpoint {
        HttpResponse answer(HttpRequest request, String requestId, Instant now) throws RefusedRequest;
    }

    private static TokenState introspect(Introspect verb, HttpRequest request, String id, Instant now)
            throws RefusedRequest {
        var form = Form.of(request);
        return verb.introspect(BasicCredentials.of(request), TaskTokenField.any(form), ProofForm.read(form), id, now);
    }

    /** Whether this asks for a token. */
    public static boolean isMint(HttpRequest request) {
        return request.path().equals(TOKEN_PATH);
    }

    /** What {@link #HEALTH_PATH} says of an issuer that can issue. */
    public static HttpResponse ready() {
        return HttpResponse.json(200, JsonObject.builder().put("status", "ok").build());
    }

    /** Answers every request and never throws: an internal error is a 500 that says nothing about the inside. */
    public HttpResponse handle(HttpRequest request) {
        return meters.request(() -> answer(request));
    }

    /**
     * Answers an administrator who asks for the receipt of any token. For a front door of its own: what comes over HTTP
     * must not get here. Never throws.
     *
     * @param by who asks, as they say
     * @param requestId the front door's, if it has one
     */
    public HttpResponse receiptForAdministrator(Jti handle, String by, Optional<String> requestId) {
        return meters.request(() -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var id = RequestId.of(requestId, now);
            try {
                keys.follow(now);
                return answers.receipt(receipts.receipt(new ReceiptRequest.ByAdministrator(handle, by), id, now), id);
            } catch (RuntimeException unforeseen) {
                return broken(Optional.empty(), unforeseen, id, now);
            }
        });
    }

    /**
     * Ends the tokens whose change window a new version of the policy has closed, as a schedule wants it each minute.
     * Never throws.
     *
     * @param requestId the front door's, if it has one; names the run in the audit log
     * @param time when it is over, nothing more is begun
     */
    public SweepWindows.Report closeWindows(Optional<String> requestId, Duration time) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = RequestId.of(requestId, now);
        policy.follow(id, now, audit);
        return windowSweep.run(id, time);
    }

    /**
     * Ends the foreign credentials of dead tokens, as a schedule wants it each minute. Never throws.
     *
     * @param requestId the front door's, if it has one; names the run in the audit log
     * @param time when it is over, nothing more is begun
     */
    public SweepCredentials.Report endCredentials(Optional<String> requestId, Duration time) {
        var now = clock.instant();
        var id = RequestId.of(requestId, now);
        var report = credentialSweep
                .map(sweep -> {
                    keys.follow(now.truncatedTo(ChronoUnit.MILLIS));
                    return sweep.run(id, time);
                })
                .orElse(SweepCredentials.Report.NOTHING);
        meters.credentialsLeft(id, now, report.failed());
        return report;
    }

    /** Answers 429 without looking at the request, for a front door behind which too many wait. Never throws. */
    public HttpResponse turnAway(HttpRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return refusals.unavailable(request, Refusal.tooManyRequests(), Optional.empty(), TOO_MANY_REQUESTS, now);
    }

    private HttpResponse answer(HttpRequest request) {
        // The ledger's own precision; a finer instant would make a lease of 60 s read 59 s at once.
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var answer = answer(request, now);
        return isMint(request) && ProofForm.isIn(request) ? nonces.on(answer, now) : answer;
    }

    private HttpResponse answer(HttpRequest request, Instant now) {
        var requestId = RequestId.of(request.requestId(), now);
        try {
            keys.follow(now);
            policy.follow(requestId, now, audit);
            return route(request, requestId, now);
        } catch (RefusedRequest refused) {
            return refuse(request, refused, requestId, now);
        } catch (RuntimeException unforeseen) {
            return broken(Optional.of(request), unforeseen, requestId, now);
        }
    }

    private HttpResponse route(HttpRequest request, String requestId, Instant now) throws RefusedRequest {
        var post = Optional.ofNullable(posts.get(request.path()));
        if (post.isPresent()) {
            requireMethod(request, "POST", "POST");
            return post.get().answer(request, requestId, now);
        }
        if (request.path().startsWith(HOOKS_PATH)) {
            requireMethod(request, "POST", "POST");
            var name = request.path().substring(HOOKS_PATH.length());
            return answers.runEnd(runEnd.receive(name, DeliveryBody.read(request), requestId, now), requestId);
        }
        if (request.path().startsWith(PageAddresses.PATH)) {
            return page.get().answer(request, requestId, now);
        }
        if (request.path().startsWith(APPROVALS_PATH + "/")) {
            requireMethod(request, "POST", "POST");
            var asked = ApprovalForm.read(request.path().substring(APPROVALS_PATH.length() + 1), Form.of(request));
            return answers.approval(approve.answer(asked, requestId, now), requestId);
        }
        var document = Optional.ofNullable(documents.get(request.path()));
        if (document.isPresent()) {
            return read(request, HttpResponse.json(200, document.get().get()).with("Cache-Control", PUBLIC_CACHE));
        }
        if (request.path().startsWith(StatusAddress.PATH)) {
            return read(request, statusList(request, now));
        }
        if (request.path().equals(HEALTH_PATH)) {
            return read(request, ready());
        }
        throw RefusedRequest.malformed(404, "no such endpoint");
    }

    private HttpResponse statusList(HttpRequest request, Instant now) throws RefusedRequest {
        var name = request.path().substring(StatusAddress.PATH.length());
        try {
            var published = statusLists
                    .list(name, now)
                    .orElseThrow(
                            () -> RefusedRequest.malformed(404, "no such status list, or all its tokens are gone"));
            return HttpResponse.statusList(request, published.list(), published.freshFor());
        } catch (LedgerUnavailable outage) {
            return refusals.unavailable(request, Refusal.ledgerUnavailable(), Optional.empty(), now);
        } catch (SignerUnavailable outage) {
            return refusals.unavailable(request, Refusal.signerUnavailable(), Optional.empty(), now);
        }
    }

    /** Whatever answers GET answers HEAD, with the same headers and no body (RFC 9110 section 9.3.2). */
    private static HttpResponse read(HttpRequest request, HttpResponse answer) throws RefusedRequest {
        if (request.method().equals("HEAD")) {
            return answer.withoutBody();
        }
        requireMethod(request, "GET", "GET, HEAD");
        return answer;
    }

    private static void requireMethod(HttpRequest request, String method, String allow) throws RefusedRequest {
        if (!request.method().equals(method)) {
            throw RefusedRequest.wrongMethod("use " + method, allow);
        }
    }

    private HttpResponse refuse(HttpRequest request, RefusedRequest refused, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.REQUEST, requestId, now)
                .error(refused.refusal().code().wire())
                .reason(refused.refusal().reason())
                .detail(refused.refusal().description());
        tell(entry.end(Outcome.REFUSED));
        var answer = answers.refusal(request, refused.refusal(), refused.status(), requestId);
        return refused.allow().map(methods -> answer.with("Allow", methods)).orElse(answer);
    }

    private HttpResponse broken(
            Optional<HttpRequest> request, RuntimeException unforeseen, String requestId, Instant now) {
        // Only the class: a message could contain what the caller sent.
        var place = unforeseen.getStackTrace().length > 0 ? " at " + unforeseen.getStackTrace()[0] : "";
        var entry = AuditEntry.begin(Event.REQUEST, requestId, now)
                .error(ErrorCode.SERVER_ERROR.wire())
                .reason(Reason.UNFORESEEN)
                .detail(unforeseen.getClass().getName() + place);
        tell(entry.end(Outcome.REFUSED));
        var refusal = Refusal.of(ErrorCode.SERVER_ERROR, "internal error; nothing was granted", Reason.UNFORESEEN);
        return request.map(
                        asked -> answers.refusal(asked, refusal, refusal.code().status(), requestId))
                .orElseGet(() -> answers.refusal(refusal, requestId));
    }

    /** A log that cannot be written must not take away an answer that grants nothing. */
    private void tell(AuditLine line) {
        try {
            audit.accept(line);
        } catch (RuntimeException brokenLog) {
            operatorLog.accept("taskbound: the audit log cannot be written");
        }
    }
}
