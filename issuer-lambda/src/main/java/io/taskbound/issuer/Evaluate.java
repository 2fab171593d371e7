// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.issuer.RedeemRequest.Repeat;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.policy.ResourceServer;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import io.taskbound.token.TaskTokenVerifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Answers a policy enforcement point (AuthZEN Authorization API 1.0). With a {@code use_id} it is {@link Redeem}, whose
 * repeats are answered as the first time, so that the same question always has the same answer while the token lives.
 * Without one nothing is counted, and so nothing is permitted to a token whose uses are, or that is bound to a key.
 */
public final class Evaluate {
    private final CurrentPolicy policy;
    private final TaskTokenVerifier tokens;
    private final TokenLookup lookup;
    private final WindowEnds windows;
    private final Redeem redeem;
    private final Consumer<AuditLine> audit;

    /** @param executor where signatures are checked while the ledger is asked */
    public Evaluate(
            CurrentPolicy policy,
            Ledger ledger,
            TaskTokenVerifier tokens,
            Executor executor,
            Redeem redeem,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.tokens = tokens;
        this.lookup = new TokenLookup(tokens, ledger, executor);
        this.windows = new WindowEnds(policy, ledger, audit);
        this.redeem = redeem;
        this.audit = audit;
    }

    /** Decides, and writes one line into the audit log. */
    public Evaluation evaluate(
            Optional<ServerCredentials> credentials, EvaluationRequest request, String requestId, Instant now) {
        return forServer(
                credentials, requestId, now, (server, entry) -> decide(server, request, requestId, entry, now));
    }

    /**
     * The same for a question that cannot be understood, one among others that can: denied.
     *
     * @param fault a fixed sentence
     */
    public Evaluation malformed(Optional<ServerCredentials> credentials, String fault, String requestId, Instant now) {
        return forServer(
                credentials,
                requestId,
                now,
                (server, entry) -> denied(
                        Evaluation.Why.malformed(fault),
                        entry.reason(Reason.MALFORMED).detail(fault)));
    }

    private Evaluation forServer(
            Optional<ServerCredentials> credentials,
            String requestId,
            Instant now,
            BiFunction<ResourceServer, AuditEntry, Evaluation> deciding) {
        var entry = AuditEntry.begin(Event.EVALUATE, requestId, now);
        var current = policy.now().policy();
        var server = credentials.flatMap(presented -> presented.authenticate(current));
        if (server.isEmpty()) {
            var named = credentials.flatMap(presented -> presented.named(current));
            named.ifPresent(entry::server);
            return refuse(entry, Refusal.badCredentials(named));
        }
        try {
            return deciding.apply(server.get(), entry.server(server.get().name()));
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        }
    }

    private Evaluation decide(
            ResourceServer server, EvaluationRequest request, String requestId, AuditEntry entry, Instant now) {
        if (request.token().isEmpty()) {
            return denied(Evaluation.Why.NOT_A_TASK_TOKEN, entry.reason(Reason.NOT_OURS));
        }
        var token = request.token().get();
        var target = request.target();
        if (target.isEmpty() || !AuthorizationDetails.isAction(request.action())) {
            return denied(
                    Evaluation.Why.of(TokenState.Why.NOT_PERMITTED),
                    entry.reason(Reason.NOT_PERMITTED).detail("no action and target of any task"));
        }
        entry.use(request.action(), target.get().value());
        // Of a text that is no token of ours nothing is said below, so nothing is said here either.
        if (tokens.read(token.text())
                .filter(claimed -> !claimed.jti().toString().equals(request.subjectId()))
                .isPresent()) {
            return denied(
                    Evaluation.Why.SUBJECT_MISMATCH,
                    entry.reason(Reason.NOT_OURS).detail("subject.id is not the jti of the token"));
        }
        return request.useId().isPresent()
                ? counted(
                        server,
                        new RedeemRequest(
                                token,
                                request.action(),
                                target.get(),
                                request.useId(),
                                Repeat.ALLOWED,
                                request.proof()),
                        requestId,
                        entry,
                        now)
                : uncounted(server, token, request.action(), target.get(), requestId, entry, now);
    }

    private Evaluation counted(
            ResourceServer server, RedeemRequest use, String requestId, AuditEntry entry, Instant now) {
        return redeem.redeem(server, use, requestId, entry, now)
                .match(
                        active -> new Evaluation.Permitted(active.record(), active.firstUse(), active.nonce()),
                        inactive -> new Evaluation.Denied(inactive.why().map(Evaluation.Why::of), inactive.nonce()),
                        refused -> new Evaluation.Refused(refused.refusal()));
    }

    private Evaluation uncounted(
            ResourceServer server,
            PresentedText token,
            String action,
            Identifier target,
            String requestId,
            AuditEntry entry,
            Instant now) {
        var found = lookup.find(token, server, entry, now);
        if (found.isEmpty()) {
            audit.accept(entry.end(Outcome.INACTIVE));
            return new Evaluation.Denied(Optional.empty(), Optional.empty());
        }
        if (found.get().denied()) {
            return denied(Evaluation.Why.of(TokenState.Why.CLOSED), entry.reason(Reason.DENIED));
        }
        var record = windows.look(found.get().record(), requestId, now);
        if (record.grant().details().indexOf(action, target).isEmpty()) {
            return denied(Evaluation.Why.of(TokenState.Why.NOT_PERMITTED), entry.reason(Reason.NOT_PERMITTED));
        }
        var death = Introspect.death(record, now);
        if (death.isPresent()) {
            return denied(Evaluation.Why.of(ofDeath(death.get())), entry.reason(death.get()));
        }
        // A proof is used up by its use, so a bound token cannot be asked about without one.
        if (record.uses().max().isPresent() || record.key().isPresent()) {
            return denied(Evaluation.Why.USE_ID_REQUIRED, entry.reason(Reason.MUST_REDEEM));
        }
        audit.accept(entry.end(Outcome.ACTIVE));
        return new Evaluation.Permitted(record, Optional.empty(), Optional.empty());
    }

    /** What a server hears of a dead token; that people revoked it is told to the log alone. */
    private static TokenState.Why ofDeath(Reason death) {
        return Arrays.stream(TokenState.Why.values())
                .filter(why -> why.wire().equals(death.wire()))
                .findFirst()
                .orElse(TokenState.Why.CLOSED);
    }

    private Evaluation denied(Evaluation.Why why, AuditEntry entry) {
        audit.accept(entry.end(Outcome.INACTIVE));
        return new Evaluation.Denied(Optional.of(why), Optional.empty());
    }

    private Evaluation refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new Evaluation.Refused(refusal);
    }
}
