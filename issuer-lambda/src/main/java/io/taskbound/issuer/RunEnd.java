// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.hook.Delivery;
import io.taskbound.hook.Ended;
import io.taskbound.hook.HookSystem;
import io.taskbound.hook.MalformedEvent;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.ProofKeys;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.RunEnding;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Hook;
import io.taskbound.policy.Policy;
import io.taskbound.task.HookName;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ends the tokens of a job or a run on its CI system's word. The delivery is authenticated before a byte of it is read,
 * and what it tells counts only for the ids that the policy has bound the hook to. The same delivery once more ends
 * nothing else: jobs and attempts that are over have names of their own, and of a run that may go on only what was
 * there at the time of the event ends.
 */
public final class RunEnd {
    /** What ended longer ago has no token and no ID token left. */
    static final Duration OLDEST = IdToken.MAX_LIFE.plus(Policy.HIGHEST_CEILING);

    private static final String IGNORED = "ignored";

    private static final String NOT_KEPT =
            "more ended jobs than a run keeps; an older ID token of this job may still give a token";
    private static final String NOT_KEPT_AND_LEFT =
            "more ended jobs than a run keeps, and more tokens than there was time to close; the others live on";

    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final HookSecrets secrets;
    private final Consumer<AuditLine> audit;
    private final Ends ends;
    private final CredentialEnds credentialEnds;

    public RunEnd(
            CurrentPolicy policy,
            Ledger ledger,
            HookSecrets secrets,
            CredentialEnds credentialEnds,
            Consumer<AuditLine> audit) {
        this.policy = policy;
        this.ledger = ledger;
        this.secrets = secrets;
        this.audit = audit;
        this.ends = new Ends(audit);
        this.credentialEnds = credentialEnds;
    }

    /** @param name the end of the address that was called; any text */
    public RunEndAnswer receive(String name, Delivery delivery, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.HOOK, requestId, now);
        var hook = Optional.of(name)
                .filter(HookName::isValid)
                .flatMap(valid -> policy.now().policy().hook(new HookName(valid)));
        if (hook.isEmpty()) {
            return refuse(entry, Refusal.badDelivery(Reason.UNKNOWN_HOOK));
        }
        entry.hook(hook.get().name()).provider(hook.get().provider().name());
        try {
            return receive(hook.get(), delivery, entry, now);
        } catch (LedgerUnavailable outage) {
            return refuse(entry, Refusal.ledgerUnavailable());
        } catch (SignerUnavailable outage) {
            return refuse(entry.detail(String.valueOf(outage.getMessage())), Refusal.signerUnavailable());
        } catch (MalformedEvent malformed) {
            var what = String.valueOf(malformed.getMessage());
            return refuse(entry.detail(what), Refusal.malformed("the event cannot be read: " + what));
        }
    }

    private RunEndAnswer receive(Hook hook, Delivery delivery, AuditEntry entry, Instant now)
            throws SignerUnavailable, MalformedEvent {
        var system = HookSystem.of(hook.provider().profile().name()).orElseThrow();
        var active = secrets.active(hook.name(), now);
        if (active.isEmpty()) {
            return refuse(entry, Refusal.badDelivery(Reason.NO_HOOK_SECRET));
        }
        var flaw = system.flaw(delivery, active, now);
        if (flaw.isPresent()) {
            return refuse(entry.detail(flaw.get()), Refusal.badDelivery(Reason.BAD_HOOK_SIGNATURE));
        }
        return system.read(delivery, delivery.json())
                .match(ended -> ended(hook, ended, entry, now), other -> ignore(entry.detail(other.what())));
    }

    private RunEndAnswer ignore(AuditEntry entry) {
        audit.accept(entry.reason(Reason.NOT_AN_END).end(Outcome.UNCHANGED));
        return new RunEndAnswer.Done(IGNORED);
    }

    private RunEndAnswer ended(Hook hook, Ended ended, AuditEntry entry, Instant now) {
        entry.projectId(ended.project());
        if (!hook.admits(ended.owner(), ended.project())) {
            return refuse(
                    entry,
                    Refusal.of(
                            ErrorCode.FOREIGN_DELIVERY,
                            "this hook may not speak for this owner, project or pipeline; nothing was changed",
                            Reason.FOREIGN_EVENT));
        }
        if (ended.at().isAfter(now.plus(Ledger.MAX_SKEW))) {
            return refuse(
                    entry.detail("the end lies in the future"),
                    Refusal.malformed("the end of this event lies in the future"));
        }
        if (ended.at().isBefore(now.minus(OLDEST))) {
            audit.accept(entry.reason(Reason.STALE_EVENT).end(Outcome.UNCHANGED));
            return new RunEndAnswer.Done(IGNORED);
        }
        var endings = endings(hook, ended, entry);
        return endings.isEmpty()
                ? refuse(
                        entry.detail("ids that no ID token has"),
                        Refusal.malformed("the event names no run that an ID token could name"))
                : close(endings, entry, now);
    }

    /**
     * One for each name that an ID token of the job or run could have given to it. Which owner and project a run
     * belongs to, the event only claims. The run's name holds its project; where the hook is bound to an owner, the
     * ending counts only for tokens whose ID token said the same of both.
     */
    private static Set<RunEnding> endings(Hook hook, Ended ended, AuditEntry entry) {
        var profile = hook.provider().profile();
        var endings = new LinkedHashSet<RunEnding>();
        for (var claims : ended.claims()) {
            var job = ended.ofJob() ? profile.job(claims) : Optional.<String>empty();
            var subject = hook.owner().flatMap(owner -> profile.stableSubject(claims));
            boolean named = job.isPresent() == ended.ofJob()
                    && subject.isPresent() == hook.owner().isPresent();
            for (var run : named ? profile.runs(claims) : List.<String>of()) {
                var runKey = ProofKeys.runKey(hook.provider().issuer(), run);
                if (endings.add(new RunEnding(runKey, job, subject, ended.at(), ended.permanent()))
                        && endings.size() == 1) {
                    entry.run(run, job);
                }
            }
        }
        return endings;
    }

    private RunEndAnswer close(Set<RunEnding> endings, AuditEntry entry, Instant now) {
        var closure = new Closure(now, Closure.HOOK, Cause.HOOK, Optional.empty());
        var closed = new ArrayList<TokenRecord>();
        for (var ending : endings) {
            var all = ledger.end(ending, closure);
            closed.addAll(all.closed());
            if (!all.kept()) {
                entry.detail(all.whole() ? NOT_KEPT : NOT_KEPT_AND_LEFT);
            } else if (!all.whole()) {
                entry.detail("more tokens than there was time to write to; the run's closing holds for all");
            }
        }
        return done(closed, entry, now);
    }

    private RunEndAnswer done(List<TokenRecord> closed, AuditEntry entry, Instant now) {
        long late = closed.stream()
                .filter(token -> token.diedBeforeItWasClosedAt(now))
                .count();
        if (late > 0) {
            entry.late(late);
        }
        var outcome = closed.isEmpty() ? Outcome.UNCHANGED : Outcome.CLOSED;
        var line = entry.count(closed.size()).end(outcome);
        audit.accept(line);
        ends.closed(closed, line);
        credentialEnds.of(closed, line.requestId(), now);
        return new RunEndAnswer.Done(outcome.wire());
    }

    private RunEndAnswer refuse(AuditEntry entry, Refusal refusal) {
        audit.accept(refusal.line(entry));
        return new RunEndAnswer.Refused(refusal);
    }
}
